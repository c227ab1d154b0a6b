// The browser's own controls, with the keys that people know from other players, a volume that is remembered, and a
// choice of qualities where there are several.

import "./address.js";
import { FilmStream } from "./film.js";
import { remember } from "./place.js";
import { StreamClaim } from "./streams.js";

const volumeKey = "player-volume";

class MediaPlayer extends HTMLElement {
    /** @type {AbortController | null} */
    #listeners = null;
    /** @type {FilmStream | null} */
    #film = null;
    /** Whether the stream is claimed, so that the film may be fetched. */
    #mayFetch = false;

    connectedCallback() {
        const media = this.querySelector("video, audio");
        if (!(media instanceof HTMLMediaElement)) return;
        this.#listeners = new AbortController();
        const { signal } = this.#listeners;
        this.#restoreVolume(media);
        media.addEventListener("volumechange", () => this.#keepVolume(media), { signal });
        document.addEventListener("keydown", (event) => this.#key(event, media), { signal });
        if (this.dataset.keep) remember(media, this.dataset.keep, Number(this.dataset.place ?? 0), signal);
        this.#claim(media, signal);
        if (media instanceof HTMLVideoElement) this.#stream(media);
    }

    /**
     * @param {HTMLMediaElement} media
     * @param {AbortSignal} signal
     */
    #claim(media, signal) {
        const url = this.dataset.claim;
        if (!url) return;
        const notice = this.parentElement?.querySelector(".stream-notice");
        const player = {
            go: () => {
                this.#mayFetch = true;
                this.#film?.go();
            },
            hold: () => {
                this.#mayFetch = false;
                if (this.#film) this.#film.isHeld = true;
                media.pause();
            },
            restart: () => {
                // Where the browser loads by itself it was refused, and has to ask again.
                if (!this.#film) {
                    const at = media.currentTime;
                    media.load();
                    if (at > 0) media.addEventListener("loadedmetadata", () => (media.currentTime = at), { once: true });
                }
                media.play().catch(() => {});
            },
            refuse: () => {
                if (this.#film) return this.#film.refuse();
                media.pause();
                media.querySelectorAll("source").forEach((source) => source.remove());
                media.load();
            },
        };
        new StreamClaim(media, url, notice instanceof HTMLElement ? notice : null, player, signal);
    }

    disconnectedCallback() {
        this.#listeners?.abort();
        this.#film?.stop();
    }

    /**
     * Films that were encoded are fed piece by piece where the browser lets us; elsewhere it plays its sources itself.
     * @param {HTMLVideoElement} video
     */
    async #stream(video) {
        const master = this.dataset.stream;
        if (!master || !FilmStream.isPossible) return;
        const film = new FilmStream(video, Number(this.dataset.origin));
        film.isHeld = this.dataset.claim !== undefined;
        try {
            await film.start(master);
            this.#film = film;
            if (this.#mayFetch) film.go();
            this.#offer(film);
        } catch {
            film.stop();
            video.removeAttribute("src");
            video.load();
        }
    }

    /** @param {FilmStream} film */
    #offer(film) {
        const bar = this.nextElementSibling;
        const choice = bar?.querySelector("select");
        if (!(bar instanceof HTMLElement) || !choice) return;
        const sorted = [...film.qualities].sort((one, two) => two.height - one.height);
        for (const quality of sorted) choice.append(new Option(`${quality.height}p`, quality.url));
        choice.addEventListener("change", () => {
            film.choose(sorted.find((quality) => quality.url === choice.value) ?? null);
        });
        bar.hidden = false;
    }

    /** @param {HTMLMediaElement} media */
    #restoreVolume(media) {
        try {
            const kept = JSON.parse(localStorage.getItem(volumeKey) ?? "null");
            if (typeof kept?.volume === "number") media.volume = Math.min(1, Math.max(0, kept.volume));
            if (typeof kept?.muted === "boolean") media.muted = kept.muted;
        } catch {
            // Nothing kept, or nothing readable: the browser's default stays.
        }
    }

    /** @param {HTMLMediaElement} media */
    #keepVolume(media) {
        try {
            localStorage.setItem(volumeKey, JSON.stringify({ volume: media.volume, muted: media.muted }));
        } catch {
            // Without storage the volume holds for this page.
        }
    }

    /**
     * @param {KeyboardEvent} event
     * @param {HTMLMediaElement} media
     */
    #key(event, media) {
        if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
        if (document.querySelector("dialog[open], [popover]:popover-open")) return;
        const target = event.target instanceof Element ? event.target : null;
        if (target?.closest("input, textarea, select, [contenteditable]")) return;
        // Space and arrows keep their meaning on buttons and links, and the focused player handles them itself.
        const isOwn = target === document.body || target?.id === "main" || target === media;
        if (!this.#act(event.key, media, isOwn)) return;
        event.preventDefault();
    }

    /**
     * @param {string} key
     * @param {HTMLMediaElement} media
     * @param {boolean} isOwn whether nothing else claims space and arrows
     * @returns {boolean} whether the key meant something
     */
    #act(key, media, isOwn) {
        if (/^[0-9]$/.test(key)) return this.#seek(media, media.duration * Number(key) / 10);
        switch (key.length === 1 ? key.toLowerCase() : key) {
            case " ": return isOwn && this.#toggle(media);
            case "k": return this.#toggle(media);
            case "j": return this.#seek(media, media.currentTime - 10);
            case "l": return this.#seek(media, media.currentTime + 10);
            case "ArrowLeft": return isOwn && this.#seek(media, media.currentTime - 5);
            case "ArrowRight": return isOwn && this.#seek(media, media.currentTime + 5);
            case "ArrowUp": return isOwn && this.#louder(media, 0.05);
            case "ArrowDown": return isOwn && this.#louder(media, -0.05);
            case "m":
                media.muted = !media.muted;
                return true;
            case "f": return this.#fullScreen(media);
            default: return false;
        }
    }

    /** @param {HTMLMediaElement} media */
    #toggle(media) {
        if (media.paused) media.play().catch(() => {});
        else media.pause();
        return true;
    }

    /**
     * @param {HTMLMediaElement} media
     * @param {number} seconds
     */
    #seek(media, seconds) {
        if (!Number.isFinite(media.duration)) return false;
        media.currentTime = Math.min(media.duration, Math.max(0, seconds));
        return true;
    }

    /**
     * @param {HTMLMediaElement} media
     * @param {number} step
     */
    #louder(media, step) {
        media.volume = Math.min(1, Math.max(0, media.volume + step));
        media.muted = false;
        return true;
    }

    /** @param {HTMLMediaElement} media */
    #fullScreen(media) {
        if (!(media instanceof HTMLVideoElement)) return false;
        if (document.fullscreenElement) document.exitFullscreen();
        else media.requestFullscreen?.().catch(() => {});
        return true;
    }
}

customElements.define("media-player", MediaPlayer);
