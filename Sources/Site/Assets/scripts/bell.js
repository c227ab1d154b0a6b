/**
 * @typedef {object} Unread
 * @property {number} unread
 * @property {string} number as it stands in the bell
 * @property {string} label as it is read out
 */

/**
 * Keeps the number in the bell up to date by server-sent events from `data-src`, while somebody looks at the page: a browser
 * has few connections to one site, and a tab in the background needs none of them.
 */
class LiveBell extends HTMLElement {
    /** @type {EventSource | null} */
    #events = null;
    #follow = () => (document.visibilityState === "visible" ? this.#listen() : this.#stop());
    #stop = () => {
        this.#events?.close();
        this.#events = null;
    };

    connectedCallback() {
        document.addEventListener("visibilitychange", this.#follow);
        addEventListener("pagehide", this.#stop);
        addEventListener("pageshow", this.#follow);
        this.#follow();
    }

    disconnectedCallback() {
        document.removeEventListener("visibilitychange", this.#follow);
        removeEventListener("pagehide", this.#stop);
        removeEventListener("pageshow", this.#follow);
        this.#stop();
    }

    #listen() {
        if (this.#events || !this.dataset.src) return;
        this.#events = new EventSource(this.dataset.src);
        this.#events.addEventListener("unread", (event) => this.#show(JSON.parse(event.data)));
        // The session is over, or too many pages are open.
        this.#events.addEventListener("end", this.#stop);
    }

    /** @param {Unread} news */
    #show(news) {
        const count = this.querySelector(".bell-count");
        if (!(count instanceof HTMLElement)) return;
        count.textContent = news.number;
        count.hidden = news.unread === 0;
        this.querySelector("a")?.setAttribute("aria-label", news.label);
    }
}

customElements.define("live-bell", LiveBell);
