// On the library's page, results follow what is typed. The address follows too, so that back and bookmarks work.

const form = document.querySelector("form.search");
const input = document.querySelector("#search");
const delay = 220;

/** @type {AbortController | null} */
let running = null;
let timer = 0;

/** @param {HTMLInputElement} field */
const addressFor = (field) => {
    const address = new URL(location.href);
    address.searchParams.delete("after");
    if (field.value.trim()) address.searchParams.set("q", field.value.trim());
    else address.searchParams.delete("q");
    return address;
};

/** @param {HTMLInputElement} field */
const search = async (field) => {
    running?.abort();
    running = new AbortController();
    const address = addressFor(field);
    try {
        const answer = await fetch(address, { signal: running.signal, headers: { Accept: "text/html" } });
        if (!answer.ok) return;
        const found = new DOMParser().parseFromString(await answer.text(), "text/html");
        history.replaceState(null, "", address);
        document.title = found.title;
        for (const part of ["#results", ".chips", ".page-head"]) {
            const fresh = found.querySelector(part);
            if (fresh) document.querySelector(part)?.replaceWith(fresh);
        }
        document.dispatchEvent(new CustomEvent("content-added"));
    } catch {
        // Overtaken by the next letter, or offline: Enter still asks the server.
    }
};

if (form && input instanceof HTMLInputElement) {
    input.addEventListener("input", () => {
        clearTimeout(timer);
        timer = setTimeout(() => search(input), delay);
    });
}

// The chosen type may lie beyond the edge of a phone.
document.querySelector(".chips [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
