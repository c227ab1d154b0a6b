// A client of the resumable upload protocol tus 1.0.0 (https://tus.io/protocols/resumable-upload): core and creation,
// with termination to cancel. After a lost connection it asks the server how much arrived and goes on from there.

const version = "1.0.0";
const chunkSize = 16 * 1024 * 1024;
const longestPause = 30_000;

/** What the server refused for good: trying the same again would end the same. */
export class UploadRefused extends Error {
    /**
     * @param {number} status
     * @param {string} [message] the server's words for people
     */
    constructor(status, message) {
        super(message ?? "");
        this.status = status;
    }
}

/** Broken off on purpose. */
export class UploadCancelled extends Error {}

/**
 * @typedef {object} Answer
 * @property {number} status 0 when there was no answer
 * @property {(name: string) => string | null} header
 * @property {string} body
 */

/**
 * @typedef {object} Listener
 * @property {(sent: number) => void} progress bytes that are up so far
 * @property {() => void} broken the connection is lost; the upload goes on by itself
 */

/** @param {string} text */
const base64 = (text) => {
    const bytes = new TextEncoder().encode(text);
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
};

/** @param {Record<string, string>} metadata */
const encoded = (metadata) =>
    Object.entries(metadata).filter(([, value]) => value !== "").map(([key, value]) => `${key} ${base64(value)}`).join(",");

const formToken = () => {
    const meta = document.querySelector('meta[name="form-token"]');
    return meta instanceof HTMLMetaElement ? meta.content : "";
};

export class Upload {
    /** @type {XMLHttpRequest | null} */
    #request = null;
    /** @type {string | null} */
    #address = null;
    /** @type {(() => void) | null} */
    #wake = null;
    /** @type {string | null} */
    #result = null;
    #offset = 0;
    #failures = 0;
    #isCancelled = false;

    /**
     * @param {File} file
     * @param {string} endpoint
     * @param {Record<string, string>} metadata
     * @param {Listener} listener
     */
    constructor(file, endpoint, metadata, listener) {
        this.file = file;
        this.endpoint = endpoint;
        this.metadata = metadata;
        this.listener = listener;
    }

    /**
     * Uploads the file, from where an earlier visit of this page left it.
     * @returns {Promise<string | null>} the address of the new item
     * @throws {UploadRefused | UploadCancelled}
     */
    async run() {
        addEventListener("online", this.#wakeUp);
        try {
            this.#address ??= this.#remembered();
            if (this.#address !== null && !(await this.#ask())) this.#address = null;
            if (this.#address === null) await this.#create();
            while (this.#offset < this.file.size) await this.#sendNext();
            this.#forget();
            return this.#result;
        } finally {
            removeEventListener("online", this.#wakeUp);
        }
    }

    /** Stops, and lets the server throw away what arrived. */
    async cancel() {
        this.#isCancelled = true;
        this.#request?.abort();
        this.#wakeUp();
        if (this.#address === null) return;
        this.#forget();
        await this.#send("DELETE", this.#address, {}, null).catch(() => {});
    }

    #wakeUp = () => this.#wake?.();

    async #create() {
        const headers = { "Upload-Length": String(this.file.size), "Upload-Metadata": encoded(this.metadata) };
        const answer = await this.#insist(() => this.#send("POST", this.endpoint, headers, null));
        const address = answer.header("Location");
        if (answer.status !== 201 || address === null) throw refusal(answer);
        this.#address = new URL(address, new URL(this.endpoint, location.href)).href;
        this.#remember();
    }

    /**
     * Where the server stands.
     * @returns {Promise<boolean>} whether it still knows the upload
     */
    async #ask() {
        const address = this.#address;
        if (address === null) return false;
        const answer = await this.#insist(() => this.#send("HEAD", address, {}, null));
        const offset = Number.parseInt(answer.header("Upload-Offset") ?? "", 10);
        const length = Number.parseInt(answer.header("Upload-Length") ?? "", 10);
        const isKnown = answer.status < 300 && offset >= 0 && (Number.isNaN(length) || length === this.file.size);
        if (isKnown) {
            this.#offset = offset;
            this.listener.progress(offset);
        } else {
            this.#offset = 0;
            this.#forget();
        }
        return isKnown;
    }

    async #sendNext() {
        const address = this.#address;
        if (address === null) throw new UploadRefused(0);
        const start = this.#offset;
        const chunk = this.file.slice(start, Math.min(start + chunkSize, this.file.size));
        const headers = { "Upload-Offset": String(start), "Content-Type": "application/offset+octet-stream" };
        const answer = await this.#send("PATCH", address, headers, chunk);
        if (answer.status === 204 || answer.status === 200) {
            this.#offset = Number.parseInt(answer.header("Upload-Offset") ?? "", 10);
            if (!(this.#offset > start)) throw new UploadRefused(answer.status);
            this.#failures = 0;
            this.listener.progress(this.#offset);
            return;
        }
        // 409: the server has more or less than we thought. 423: the broken request still holds the upload.
        if (!isPassing(answer.status) && answer.status !== 409 && answer.status !== 423) throw refusal(answer);
        this.#count(answer);
        await this.#pause(1000);
        if (!(await this.#ask())) throw new UploadRefused(410);
    }

    /**
     * Repeats a request while there is no answer or the server is busy.
     * @param {() => Promise<Answer>} request
     */
    async #insist(request) {
        for (let pause = 1000; ; pause = Math.min(pause * 2, longestPause)) {
            const answer = await request();
            if (!isPassing(answer.status)) return answer;
            this.#count(answer);
            await this.#pause(Math.max(pause, Number(answer.header("Retry-After") ?? 0) * 1000));
        }
    }

    /** @param {number} milliseconds */
    async #pause(milliseconds) {
        this.#check();
        this.listener.broken();
        await new Promise((resolve) => {
            const timer = setTimeout(resolve, milliseconds);
            this.#wake = () => {
                clearTimeout(timer);
                resolve(undefined);
            };
        });
        this.#wake = null;
        this.#check();
    }

    /**
     * A lost connection may last for hours; a server that answers with failures gets eight chances.
     * @param {Answer} answer
     */
    #count(answer) {
        if (answer.status === 0) return;
        this.#failures += 1;
        if (this.#failures > 8) throw refusal(answer);
    }

    #check() {
        if (this.#isCancelled) throw new UploadCancelled();
    }

    /**
     * @param {string} method
     * @param {string} address
     * @param {Record<string, string>} headers
     * @param {Blob | null} body
     * @returns {Promise<Answer>}
     */
    #send(method, address, headers, body) {
        return new Promise((resolve, reject) => {
            const request = new XMLHttpRequest();
            if (method !== "DELETE") this.#request = request;
            request.open(method, address);
            request.setRequestHeader("Tus-Resumable", version);
            request.setRequestHeader("X-CSRF-Token", formToken());
            request.setRequestHeader("Accept", "application/problem+json");
            for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
            const start = this.#offset;
            if (body) request.upload.onprogress = (event) => this.listener.progress(start + event.loaded);
            const answer = () => {
                this.#result = request.getResponseHeader("Media-Location") ?? this.#result;
                resolve({
                    status: request.status,
                    header: (name) => request.getResponseHeader(name),
                    body: request.responseText,
                });
            };
            request.onload = answer;
            request.onerror = answer;
            request.ontimeout = answer;
            request.onabort = () => reject(new UploadCancelled());
            request.send(body);
        });
    }

    get #key() {
        return `upload:${this.endpoint}:${this.file.name}:${this.file.size}:${this.file.lastModified}`;
    }

    /** @returns {string | null} */
    #remembered() {
        try {
            return localStorage.getItem(this.#key);
        } catch {
            return null;
        }
    }

    #remember() {
        try {
            if (this.#address !== null) localStorage.setItem(this.#key, this.#address);
        } catch {
            // Without storage an upload goes on after a lost connection, but not after the page was closed.
        }
    }

    #forget() {
        try {
            localStorage.removeItem(this.#key);
        } catch {
            // Nothing was kept.
        }
    }
}

/**
 * Whether it makes sense to ask again: no answer, or a server that is busy or starting.
 * @param {number} status
 */
const isPassing = (status) => [0, 408, 429, 500, 502, 503, 504].includes(status);

/** @param {Answer} answer */
const refusal = (answer) => {
    try {
        const problem = JSON.parse(answer.body);
        return new UploadRefused(answer.status, problem.detail ?? problem.title);
    } catch {
        return new UploadRefused(answer.status);
    }
};
