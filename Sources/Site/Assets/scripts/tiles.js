// Arrow keys go from tile to tile; Tab does so, too, and without script alone.

const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

class ArrowTiles extends HTMLElement {
    connectedCallback() {
        this.addEventListener("keydown", (event) => this.#key(event));
    }

    /** @param {KeyboardEvent} event */
    #key(event) {
        const step = steps[/** @type {keyof typeof steps} */ (event.key)];
        if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
        const tiles = /** @type {HTMLElement[]} */ ([...this.querySelectorAll("a, button")]);
        const here = tiles.findIndex((tile) => tile === document.activeElement);
        if (here < 0) return;
        const isTurned = getComputedStyle(this).direction === "rtl" && /Left|Right/.test(event.key);
        tiles.at((here + (isTurned ? -step : step)) % tiles.length)?.focus();
        event.preventDefault();
    }
}

customElements.define("arrow-tiles", ArrowTiles);
