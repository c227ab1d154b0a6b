// A document is first shown as a picture of its first page. Where the browser has a viewer of its own, the picture opens
// it in its place; elsewhere it stays a link to the document.

class DocumentReader extends HTMLElement {
    connectedCallback() {
        this.addEventListener("click", (event) => {
            const page = event.target instanceof Element ? event.target.closest("a") : null;
            if (!page || event.ctrlKey || event.metaKey || event.shiftKey) return;
            if (!navigator.pdfViewerEnabled || matchMedia("(width < 640px)").matches) return;
            event.preventDefault();
            this.#read(page);
        });
    }

    /** @param {HTMLAnchorElement} page */
    #read(page) {
        const viewer = document.createElement("iframe");
        viewer.title = this.dataset.title ?? "";
        viewer.src = `${page.href}#navpanes=0&view=FitH`;
        page.replaceWith(viewer);
        viewer.focus();
    }
}

customElements.define("document-reader", DocumentReader);
