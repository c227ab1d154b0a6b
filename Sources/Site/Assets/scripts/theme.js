// Runs before the first paint, so that a remembered theme never flashes the other one.
(() => {
    const key = "theme";

    /** @returns {"light" | "dark" | "auto"} */
    const saved = () => {
        try {
            const value = localStorage.getItem(key);
            return value === "light" || value === "dark" ? value : "auto";
        } catch {
            return "auto";
        }
    };

    /** @param {string} theme */
    const apply = (theme) => {
        if (theme === "auto") delete document.documentElement.dataset.theme;
        else document.documentElement.dataset.theme = theme;
    };

    apply(saved());

    /** Three buttons: light, dark, as the system has it. */
    class ThemeSwitch extends HTMLElement {
        connectedCallback() {
            // The children may not be parsed yet when this script runs in the head.
            queueMicrotask(() => this.show(saved()));
            addEventListener("DOMContentLoaded", () => this.show(saved()), { once: true });
            this.addEventListener("click", (event) => {
                const button = event.target instanceof Element ? event.target.closest("button") : null;
                if (button) this.choose(button.value);
            });
            this.hidden = false;
        }

        /** @param {string} theme */
        choose(theme) {
            try {
                localStorage.setItem(key, theme);
            } catch {
                // Without storage the choice holds for this page.
            }
            apply(theme);
            this.show(theme);
        }

        /** @param {string} theme */
        show(theme) {
            for (const button of this.querySelectorAll("button")) {
                button.setAttribute("aria-pressed", String(button.value === theme));
            }
        }
    }

    customElements.define("theme-switch", ThemeSwitch);
})();
