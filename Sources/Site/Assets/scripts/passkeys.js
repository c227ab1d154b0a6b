// Passkeys: asks the device, puts its answer into the form, and sends the form.

/** @param {string} text base64url */
const bytes = (text) =>
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));

/** @param {ArrayBuffer | null} buffer */
const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer ?? new ArrayBuffer(0))))
        .replaceAll("+", "-")
        .replaceAll("/", "_")
        .replaceAll("=", "");

/** EdDSA and ES256, as COSE numbers them: what the server understands. */
const algorithms = [-8, -7];

/** A new passkey. Only devices that ask for a fingerprint or a PIN, and keep the account's name, will do. */
const create = async (question) => {
    const credential = await navigator.credentials.create({
        publicKey: {
            challenge: bytes(question.challenge),
            rp: { id: question.site, name: question.site_name },
            user: { id: bytes(question.user), name: question.username, displayName: question.username },
            pubKeyCredParams: algorithms.map((alg) => ({ type: "public-key", alg })),
            excludeCredentials: question.known.map((id) => ({ type: "public-key", id: bytes(id) })),
            authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
            attestation: "none",
        },
    });
    const { clientDataJSON, attestationObject } = credential.response;
    return { client_data: text(clientDataJSON), attestation: text(attestationObject) };
};

/** Whichever passkey for this site the person chooses. */
const get = async (question) => {
    const credential = await navigator.credentials.get({
        publicKey: { challenge: bytes(question.challenge), rpId: question.site, userVerification: "required" },
    });
    const { clientDataJSON, authenticatorData, signature, userHandle } = credential.response;
    return {
        credential: text(credential.rawId),
        client_data: text(clientDataJSON),
        authenticator_data: text(authenticatorData),
        signature: text(signature),
        user: text(userHandle),
    };
};

class PasskeyForm extends HTMLElement {
    connectedCallback() {
        const form = this.querySelector("form");
        if (!form || !window.PublicKeyCredential) return;
        this.hidden = false;
        form.addEventListener("submit", (event) => {
            event.preventDefault();
            this.#ask(form);
        });
    }

    /** @param {HTMLFormElement} form */
    async #ask(form) {
        const token = document.querySelector("meta[name=form-token]")?.getAttribute("content") ?? "";
        try {
            const headers = { Accept: "application/json", "X-CSRF-Token": token };
            const answer = await fetch(this.dataset.challenge ?? "", { method: "POST", headers });
            // Too long ago that the person proved who they are: the page itself asks.
            if (answer.status === 403) return location.reload();
            if (!answer.ok) throw new Error(String(answer.status));
            const ask = this.dataset.kind === "create" ? create : get;
            for (const [name, value] of Object.entries(await ask(await answer.json()))) {
                const field = form.elements.namedItem(name);
                if (field instanceof HTMLInputElement) field.value = value;
            }
            form.submit();
        } catch {
            document.dispatchEvent(new CustomEvent("toast", { detail: this.dataset.failed }));
        }
    }
}

customElements.define("passkey-form", PasskeyForm);
