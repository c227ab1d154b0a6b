/** A field whose text a button copies. */
class CopyField extends HTMLElement {
    connectedCallback() {
        const input = this.querySelector("input");
        const button = this.querySelector("button");
        if (!input || !button || !navigator.clipboard) return;
        button.hidden = false;
        button.addEventListener("click", async () => {
            await navigator.clipboard.writeText(input.value);
            document.dispatchEvent(new CustomEvent("toast", { detail: this.dataset.done }));
        });
        input.addEventListener("focus", () => input.select());
    }
}

customElements.define("copy-field", CopyField);
