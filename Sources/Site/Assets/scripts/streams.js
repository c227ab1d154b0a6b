// An account plays only so much at once. A player claims a stream before it plays, says every few seconds that it still
// does, which is also how it hears that it was stopped from elsewhere, and gives the stream back.

/** Milliseconds; the server writes only some of these down. */
const pulse = 4000;

/**
 * @typedef {{ id: string, title: string, where: string, since: string }} Other
 * @typedef {{ state: "playing" | "taken_over" | "full", others?: Other[] }} Answer
 */

export class StreamClaim {
    /** @type {ReturnType<typeof setInterval> | undefined} */
    #beat;
    #isClaimed = false;

    /**
     * @param {HTMLMediaElement} media
     * @param {string} url where streams of this item are claimed
     * @param {HTMLElement | null} notice what is shown when there is none left
     * @param {{ go: () => void, hold: () => void, restart: () => void, refuse: () => void }} player
     * @param {AbortSignal} signal
     */
    constructor(media, url, notice, player, signal) {
        [this.media, this.url, this.notice, this.player] = [media, url, notice, player];
        media.addEventListener("play", () => this.begin(), { signal });
        media.addEventListener("pause", () => clearInterval(this.#beat), { signal });
        media.addEventListener("ended", () => this.end(), { signal });
        window.addEventListener("pagehide", () => this.end(), { signal });
        notice?.querySelector("[data-again]")?.addEventListener("click", () => player.restart(), { signal });
        signal.addEventListener("abort", () => this.end());
    }

    async begin() {
        clearInterval(this.#beat);
        const answer = await this.#ask("POST", this.url);
        if (!answer || !this.#follow(answer)) return;
        this.#isClaimed = true;
        this.player.go();
        if (!this.media.paused) this.#beat = setInterval(() => this.#keep(), pulse);
    }

    end() {
        clearInterval(this.#beat);
        if (!this.#isClaimed) return;
        this.#isClaimed = false;
        this.#ask("DELETE", this.url);
    }

    async #keep() {
        const answer = await this.#ask("PUT", this.url);
        if (answer) this.#follow(answer);
    }

    /**
     * @param {Answer} answer
     * @returns {boolean} whether it may play
     */
    #follow(answer) {
        const mayPlay = answer.state === "playing";
        if (this.notice) this.notice.hidden = mayPlay;
        if (mayPlay) return true;
        clearInterval(this.#beat);
        this.#isClaimed = false;
        this.player.hold();
        this.#show(answer);
        return false;
    }

    /** @param {Answer} answer */
    #show(answer) {
        const { notice } = this;
        if (!notice) return;
        for (const [name, state] of [["full", "full"], ["taken", "taken_over"]]) {
            const text = notice.querySelector(`[data-${name}]`);
            if (text instanceof HTMLElement) text.hidden = answer.state !== state;
        }
        notice.querySelector("ul")?.replaceChildren(...(answer.others ?? []).map((other) => this.#row(other)));
    }

    /** @param {Other} other */
    #row(other) {
        const row = document.createElement("li");
        const title = document.createElement("strong");
        title.textContent = other.title;
        const time = new Date(other.since).toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" });
        const since = (this.notice?.dataset.since ?? "").replace("%1", time);
        const place = document.createElement("span");
        place.append(title, ` · ${other.where}, ${since}`);
        const button = document.createElement("button");
        [button.type, button.className] = ["button", "button"];
        button.textContent = this.notice?.dataset.stop ?? "";
        button.addEventListener("click", async () => {
            button.disabled = true;
            await this.#ask("DELETE", `${this.notice?.dataset.streams}/${encodeURIComponent(other.id)}`);
            this.player.restart();
        });
        row.append(place, button);
        return row;
    }

    /**
     * @param {string} method
     * @param {string} url
     * @returns {Promise<Answer | null>} null when there is no answer, or none is needed
     */
    async #ask(method, url) {
        const token = document.querySelector("meta[name=form-token]")?.getAttribute("content") ?? "";
        try {
            const headers = { Accept: "application/json", "X-CSRF-Token": token };
            // The page may be gone before the answer comes.
            const answer = await fetch(url, { method, headers, keepalive: method === "DELETE" });
            if ([401, 403, 404].includes(answer.status) && method !== "DELETE") {
                clearInterval(this.#beat);
                this.player.refuse();
            }
            return answer.status === 200 || answer.status === 409 ? await answer.json() : null;
        } catch {
            // The line is gone for a moment; the bytes are authorised by themselves.
            return null;
        }
    }
}
