// Keeps relative times true while a page stays open, and tells exact ones in the reader's own time zone.

const language = document.documentElement.lang || "en";
const relative = new Intl.RelativeTimeFormat(language, { numeric: "always" });
const exact = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });

/** @type {[number, Intl.RelativeTimeFormatUnit][]} */
const units = [[86400, "day"], [3600, "hour"], [60, "minute"]];

/** @param {HTMLTimeElement} time */
const refresh = (time) => {
    const date = new Date(time.dateTime);
    if (Number.isNaN(date.getTime())) return;
    time.title = exact.format(date);
    if (time.dataset.relative === undefined) return;
    const seconds = (Date.now() - date.getTime()) / 1000;
    const unit = units.find(([size]) => seconds >= size);
    // Below a minute and beyond a week the server's words stay.
    if (unit && seconds < 7 * 86400) time.textContent = relative.format(-Math.floor(seconds / unit[0]), unit[1]);
};

const refreshAll = () => {
    for (const time of document.querySelectorAll("time[title]")) {
        if (time instanceof HTMLTimeElement) refresh(time);
    }
};

refreshAll();
setInterval(refreshAll, 30_000);
document.addEventListener("content-added", refreshAll);
