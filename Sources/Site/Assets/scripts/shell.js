// What every page has: the keys `/` and `?`, selects that submit, toasts.

/** @param {EventTarget | null} target */
const isTyping = (target) =>
    target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null;

document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (event.key === "/") {
        const search = document.querySelector("#search");
        if (!(search instanceof HTMLInputElement)) return;
        event.preventDefault();
        search.focus();
        search.select();
    }
    if (event.key === "?") {
        const keys = document.querySelector("dialog#keys");
        if (keys instanceof HTMLDialogElement && !document.querySelector("dialog[open]")) keys.showModal();
    }
});

document.addEventListener("change", (event) => {
    const select = event.target;
    if (select instanceof HTMLSelectElement && select.dataset.submits !== undefined) select.form?.requestSubmit();
});

/** Shows a sentence for a few seconds; screen readers say it when they are done with what they say. */
document.addEventListener("toast", (event) => {
    const region = document.querySelector("#toasts");
    if (!region || !(event instanceof CustomEvent)) return;
    const toast = document.createElement("p");
    toast.className = "toast";
    toast.textContent = String(event.detail);
    region.append(toast);
    setTimeout(() => toast.remove(), 5000);
});
