// "Show more" adds to the list instead of leaving the page; going back finds the list as long as it was.

const kept = `list:${location.pathname}${location.search}`;
const limit = 1_500_000;

/**
 * @param {string} first
 * @param {string} second
 * @returns {string} one source of events for the items of both
 */
const joined = (first, second) => {
    const [one, two] = [first, second].map((source) => new URL(source, location.href));
    const ids = [one, two].flatMap((source) => (source.searchParams.get("ids") ?? "").split(","));
    one.searchParams.set("ids", [...new Set(ids)].join(","));
    return one.pathname + one.search;
};

class LoadMore extends HTMLElement {
    connectedCallback() {
        this.addEventListener("click", (event) => {
            const link = event.target instanceof Element ? event.target.closest("a") : null;
            if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            this.#load(link);
        });
    }

    /** @param {HTMLAnchorElement} link */
    async #load(link) {
        if (link.getAttribute("aria-disabled")) return;
        link.setAttribute("aria-disabled", "true");
        try {
            const answer = await fetch(link.href, { headers: { Accept: "text/html" } });
            if (!answer.ok) throw new Error(String(answer.status));
            const page = new DOMParser().parseFromString(await answer.text(), "text/html");
            this.#append(page);
        } catch {
            location.assign(link.href);
        }
    }

    /** @param {Document} page */
    #append(page) {
        const results = document.querySelector("#results");
        const cards = page.querySelectorAll("#results .grid > *");
        const grid = results?.querySelector(".grid");
        if (!results || !grid) return;
        const fresh = page.querySelector("#results live-status");
        if (fresh instanceof HTMLElement) this.#follow(results, fresh);
        for (const filler of grid.querySelectorAll(".filler")) filler.remove();
        grid.append(...cards);
        cards[0]?.querySelector("a")?.focus({ preventScroll: true });
        const next = page.querySelector("load-more");
        if (next) this.replaceWith(next);
        else this.remove();
        document.dispatchEvent(new CustomEvent("content-added"));
        if (results.innerHTML.length < limit) {
            try {
                sessionStorage.setItem(kept, results.innerHTML);
            } catch {
                // Full or forbidden: going back starts at the first page.
            }
        }
    }

    /**
     * New cards may still be worked on: the list's follower follows them too, and a list without one gets one.
     * @param {Element} results
     * @param {HTMLElement} fresh
     */
    #follow(results, fresh) {
        const around = results.querySelector("live-status");
        const source = fresh.dataset.src;
        if (!source) return;
        if (around instanceof HTMLElement) {
            around.dataset.src = joined(around.dataset.src ?? source, source);
            return;
        }
        const follower = document.createElement("live-status");
        follower.dataset.src = source;
        const grid = results.querySelector(".grid");
        grid?.before(follower);
        if (grid) follower.append(grid);
    }
}

const [arrival] = performance.getEntriesByType("navigation");
const results = document.querySelector("#results");
if (results && arrival instanceof PerformanceNavigationTiming && arrival.type === "back_forward") {
    const html = sessionStorage.getItem(kept);
    const page = html ? new DOMParser().parseFromString(html, "text/html") : null;
    if (page) results.replaceChildren(...page.body.childNodes);
} else {
    try {
        sessionStorage.removeItem(kept);
    } catch {
        // Forbidden storage keeps nothing anyway.
    }
}

customElements.define("load-more", LoadMore);
