// Opens dialogs where the page would otherwise lead to a page that asks the same.

/**
 * @param {string | undefined} id
 * @returns {HTMLDialogElement | null}
 */
const dialogNamed = (id) => {
    const dialog = id ? document.getElementById(id) : null;
    return dialog instanceof HTMLDialogElement ? dialog : null;
};

for (const button of document.querySelectorAll("button[data-opens]")) {
    if (button instanceof HTMLElement) button.hidden = false;
}

document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || event.ctrlKey || event.metaKey || event.shiftKey) return;

    const opener = event.target.closest("[data-dialog], [data-opens]");
    if (opener instanceof HTMLElement) {
        const dialog = dialogNamed(opener.dataset.dialog ?? opener.dataset.opens);
        if (!dialog) return;
        event.preventDefault();
        const menu = opener.closest("[popover]");
        if (menu instanceof HTMLElement) menu.hidePopover();
        dialog.showModal();
        return;
    }

    if (event.target.closest("[data-closes]")) {
        event.target.closest("dialog")?.close();
        return;
    }

    // A click on the backdrop is a click on the dialog itself, outside its box.
    if (event.target instanceof HTMLDialogElement) {
        const box = event.target.getBoundingClientRect();
        const inside = event.clientX >= box.left && event.clientX <= box.right
            && event.clientY >= box.top && event.clientY <= box.bottom;
        if (!inside) event.target.close();
    }
});
