// An address that other players understand: it opens this one item, for some hours.

class MediaAddress extends HTMLElement {
    connectedCallback() {
        const button = this.querySelector("button");
        const field = this.querySelector("input");
        if (!button || !field) return;
        button.hidden = false;
        button.addEventListener("click", () => this.#make(field));
        field.addEventListener("focus", () => field.select());
    }

    /** @param {HTMLInputElement} field */
    async #make(field) {
        const token = document.querySelector("meta[name=form-token]")?.getAttribute("content") ?? "";
        const headers = { Accept: "application/json", "X-CSRF-Token": token };
        try {
            const answer = await fetch(this.dataset.address ?? "", { method: "POST", headers });
            if (!answer.ok) throw new Error(String(answer.status));
            field.value = (await answer.json()).url;
            field.hidden = false;
            // Where nothing may be copied for the person, they can.
            if (!navigator.clipboard) return field.focus();
            await navigator.clipboard.writeText(field.value);
            this.#say(this.dataset.done);
        } catch {
            this.#say(this.dataset.failed);
        }
    }

    /** @param {string | undefined} text */
    #say(text) {
        document.dispatchEvent(new CustomEvent("toast", { detail: text }));
    }
}

customElements.define("media-address", MediaAddress);
