// The upload page: files that are chosen or dropped go up two at a time, each in a row with its progress.

import { Upload, UploadCancelled, UploadRefused } from "./tus.js";

const atOnce = 2;
const language = document.documentElement.lang || "en";
const percent = new Intl.NumberFormat(language, { style: "percent" });

/** In units of 1024, as everywhere on the site. @param {number} bytes */
const size = (bytes) => {
    const units = ["B", "KiB", "MiB", "GiB", "TiB"];
    let [value, step] = [bytes, 0];
    for (; value >= 999.5 && step < units.length - 1; step += 1) value /= 1024;
    const digits = step > 0 && value < 9.95 ? 1 : 0;
    const number = new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
    return `${number.format(value)} ${units[step]}`;
};

/** @param {number} seconds */
const timeLeft = (seconds) => {
    const [value, unit] = seconds < 60 ? [seconds, "second"] : seconds < 3600 ? [seconds / 60, "minute"] : [seconds / 3600, "hour"];
    return new Intl.NumberFormat(language, { style: "unit", unit, maximumFractionDigits: 0 }).format(Math.ceil(value));
};

/** Bytes per second over the last few seconds, so that a pause or a burst does not make the time left jump. */
class Speed {
    /** @type {[time: number, bytes: number][]} */
    #samples = [];

    /** @param {number} bytes */
    add(bytes) {
        const now = performance.now();
        this.#samples.push([now, bytes]);
        while (this.#samples.length > 2 && now - this.#samples[0][0] > 6000) this.#samples.shift();
    }

    forget() {
        this.#samples = [];
    }

    /** @returns {number | null} */
    get perSecond() {
        const first = this.#samples.at(0);
        const last = this.#samples.at(-1);
        if (!first || !last || last[0] - first[0] < 400) return null;
        return Math.max(0, (last[1] - first[1]) / (last[0] - first[0]) * 1000);
    }
}

/** One file and its row. */
class Row {
    /** @type {Upload | null} */
    upload = null;
    state = "waiting";
    #speed = new Speed();

    /**
     * @param {File} file
     * @param {HTMLElement} element
     * @param {DOMStringMap} texts
     */
    constructor(file, element, texts) {
        this.file = file;
        this.element = element;
        this.texts = texts;
        this.find("[data-name]").textContent = file.name;
        this.find("[data-cancel]").setAttribute("aria-label", `${this.find("[data-cancel]").title}: ${file.name}`);
        this.show("waiting", texts.textWaiting);
    }

    /**
     * @param {string} selector
     * @returns {HTMLElement}
     */
    find(selector) {
        const found = this.element.querySelector(selector);
        if (!(found instanceof HTMLElement)) throw new Error(`The row has no ${selector}`);
        return found;
    }

    get bar() {
        return /** @type {HTMLProgressElement} */ (this.find("progress"));
    }

    /**
     * @param {string} state
     * @param {string | undefined} text
     */
    show(state, text) {
        this.state = state;
        this.element.dataset.state = state;
        this.find("[data-status-line]").textContent = text ?? "";
        this.find("[data-retry]").hidden = state !== "failed";
        this.find("[data-cancel]").hidden = state === "done";
        this.bar.hidden = state === "failed" || state === "done";
    }

    /** @param {number} sent */
    progress(sent) {
        this.#speed.add(sent);
        const total = this.file.size;
        this.bar.value = total === 0 ? 100 : sent / total * 100;
        if (sent >= total) {
            this.bar.removeAttribute("value");
            this.show("running", this.texts.textChecking);
            return;
        }
        const speed = this.#speed.perSecond;
        if (speed === null || speed === 0) return;
        this.show("running", this.texts.textRunning
            ?.replace("{sent}", size(sent)).replace("{size}", size(total)).replace("{percent}", percent.format(sent / total))
            .replace("{speed}", size(speed)).replace("{left}", timeLeft((total - sent) / speed)));
    }

    broken() {
        this.#speed.forget();
        this.show("broken", this.texts.textBroken);
    }
}

class UploadQueue extends HTMLElement {
    /** @type {Row[]} */
    #rows = [];

    connectedCallback() {
        const input = this.querySelector('input[type="file"]');
        const drop = this.querySelector("[data-drop]");
        if (!(input instanceof HTMLInputElement) || !(drop instanceof HTMLElement)) return;
        this.#enhance(input);
        input.addEventListener("change", () => {
            this.#add(input.files ?? []);
            input.value = "";
        });
        this.querySelector("[data-choose]")?.addEventListener("click", () => input.click());
        this.#acceptDrops(drop);
        addEventListener("beforeunload", (event) => {
            if (this.#rows.some((row) => ["waiting", "running", "broken"].includes(row.state))) event.preventDefault();
        });
    }

    /** @param {HTMLInputElement} input */
    #enhance(input) {
        input.multiple = true;
        input.required = false;
        for (const part of this.querySelectorAll("[data-scripted]")) if (part instanceof HTMLElement) part.hidden = false;
        for (const part of this.querySelectorAll("[data-plain]")) if (part instanceof HTMLElement) part.hidden = true;
        this.querySelector("[data-file]")?.classList.add("visually-hidden");
        input.tabIndex = -1;
    }

    /** @param {HTMLElement} drop */
    #acceptDrops(drop) {
        // The whole window takes files, so that a near miss does not open the file instead of the page.
        addEventListener("dragover", (event) => {
            if (!event.dataTransfer?.types.includes("Files")) return;
            event.preventDefault();
            drop.dataset.over = "";
        });
        addEventListener("dragleave", (event) => {
            if (event.relatedTarget === null) delete drop.dataset.over;
        });
        addEventListener("drop", (event) => {
            delete drop.dataset.over;
            if (!event.dataTransfer?.files.length) return;
            event.preventDefault();
            this.#add(event.dataTransfer.files);
        });
    }

    /** @param {Iterable<File>} files */
    #add(files) {
        const template = this.querySelector("template[data-row]");
        const list = this.querySelector("[data-list]");
        if (!(template instanceof HTMLTemplateElement) || !(list instanceof HTMLElement)) return;
        for (const file of files) {
            const copy = document.importNode(template.content, true);
            const element = copy.querySelector("li");
            if (!element) return;
            const row = new Row(file, element, this.dataset);
            row.find("[data-cancel]").addEventListener("click", () => this.#cancel(row));
            row.find("[data-retry]").addEventListener("click", () => {
                row.show("waiting", this.dataset.textWaiting);
                this.#fill();
            });
            this.#rows.push(row);
            list.append(element);
            list.hidden = false;
        }
        this.#fill();
    }

    /** Starts waiting uploads while there is room. */
    #fill() {
        const running = this.#rows.filter((row) => row.state === "running" || row.state === "broken").length;
        for (const row of this.#rows.filter((row) => row.state === "waiting").slice(0, Math.max(0, atOnce - running))) {
            void this.#run(row);
        }
    }

    /** @param {Row} row */
    async #run(row) {
        const visibility = this.querySelector('[name="visibility"]');
        const metadata = {
            filename: row.file.name,
            title: "",
            visibility: visibility instanceof HTMLSelectElement ? visibility.value : "",
        };
        row.upload ??= new Upload(row.file, this.dataset.endpoint ?? "", metadata, row);
        row.show("running", this.dataset.textStarting);
        try {
            this.#finish(row, await row.upload.run());
        } catch (problem) {
            row.upload = null;
            if (problem instanceof UploadCancelled) return;
            const message = problem instanceof Error ? problem.message : "";
            row.show("failed", message || this.dataset.textFailed);
            // A file of the wrong kind is as wrong the second time.
            if (problem instanceof UploadRefused && [403, 415, 422].includes(problem.status)) row.find("[data-retry]").hidden = true;
        } finally {
            this.#fill();
        }
    }

    /**
     * @param {Row} row
     * @param {string | null} address
     */
    #finish(row, address) {
        row.show("done", this.dataset.textDone);
        document.dispatchEvent(new CustomEvent("toast", { detail: this.dataset.textFinished?.replace("{name}", row.file.name) }));
        if (address === null) return;
        const open = row.find("[data-open]");
        open.setAttribute("href", address);
        open.hidden = false;
        this.#follow(row, address);
    }

    /**
     * Tells in the row when the item is ready.
     * @param {Row} row
     * @param {string} address
     */
    #follow(row, address) {
        const id = new URL(address, location.href).pathname.split("/").pop() ?? "";
        const source = new URL(this.dataset.events ?? "", location.href);
        source.searchParams.set("ids", id);
        const events = new EventSource(source);
        events.addEventListener("status", (event) => {
            const status = JSON.parse(event.data);
            const line = row.find("[data-status-line]");
            if (status.status === "ready") line.textContent = this.dataset.textReady ?? "";
            else if (status.status === "failed") line.textContent = this.dataset.textUnplayable ?? "";
            else {
                line.textContent = [status.message ?? this.dataset.textDone, status.progress == null ? "" : percent.format(status.progress)]
                    .filter(Boolean).join(" · ");
                return;
            }
            events.close();
        });
    }

    /** @param {Row} row */
    async #cancel(row) {
        this.#rows = this.#rows.filter((other) => other !== row);
        row.element.remove();
        const list = this.querySelector("[data-list]");
        if (list instanceof HTMLElement) list.hidden = this.#rows.length === 0;
        this.querySelector("[data-choose]")?.focus();
        await row.upload?.cancel();
        this.#fill();
    }
}

customElements.define("upload-queue", UploadQueue);
