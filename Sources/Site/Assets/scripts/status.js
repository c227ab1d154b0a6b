/**
 * @typedef {object} Status
 * @property {string} id the item's public id
 * @property {string} status "ready", "failed", or anything else while it is worked on
 * @property {number | null} [progress] a share from 0 to 1
 * @property {string | null} [message]
 * @property {string | null} [thumbnail] its address, once there is one
 */

/**
 * Follows the processing of the items inside it by server-sent events from `data-src`. With `data-reload` the page is
 * loaded again when an item is done, otherwise the item's card is brought up to date in place.
 */
class LiveStatus extends HTMLElement {
    /** @type {EventSource | null} */
    #events = null;
    /** @type {Set<string>} */
    #done = new Set();

    static observedAttributes = ["data-src"];

    connectedCallback() {
        this.#listen();
    }

    /** More items can be followed by giving the element another source. */
    attributeChangedCallback() {
        if (this.isConnected) this.#listen();
    }

    #listen() {
        this.#events?.close();
        if (!this.dataset.src) return;
        this.#events = new EventSource(this.dataset.src);
        this.#events.addEventListener("status", (event) => this.#receive(JSON.parse(event.data)));
    }

    disconnectedCallback() {
        this.#events?.close();
        this.#events = null;
    }

    /** @param {Status} status */
    #receive(status) {
        const item = this.querySelector(`[data-media="${CSS.escape(status.id)}"]`);
        if (!item || this.#done.has(status.id)) return;
        if (status.status === "ready" || status.status === "failed") this.#finish(item, status);
        else this.#progress(item, status);
    }

    /**
     * @param {Element} item
     * @param {Status} status
     */
    #progress(item, status) {
        const bar = item.querySelector("[data-status] progress");
        if (bar instanceof HTMLProgressElement && typeof status.progress === "number") {
            bar.max = 100;
            bar.value = Math.floor(status.progress * 100);
        }
        const text = item.querySelector("[data-status-text]");
        if (text && status.message) text.textContent = status.message;
    }

    /**
     * @param {Element} item
     * @param {Status} status
     */
    #finish(item, status) {
        this.#done.add(status.id);
        if (this.dataset.reload !== undefined) {
            location.reload();
            return;
        }
        item.querySelector("[data-status]")?.remove();
        const frame = item.querySelector(".frame");
        if (frame && status.thumbnail) {
            const image = new Image();
            image.alt = "";
            image.src = status.thumbnail;
            frame.querySelector(".icon:not(.card-corner .icon)")?.remove();
            frame.prepend(image);
        }
        this.dispatchEvent(new CustomEvent("media-done", { bubbles: true, detail: status }));
        const waiting = this.querySelectorAll("[data-media] [data-status]");
        if (waiting.length === 0) this.disconnectedCallback();
    }
}

customElements.define("live-status", LiveStatus);
