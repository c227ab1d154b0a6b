// Feeds a video with an encoded film, segment by segment, through Media Source Extensions: so that the quality can be
// changed without a stall, and a film can be watched while it is still being encoded.

import { get, playlist, qualities, Refused } from "./playlist.js";

/**
 * @typedef {import("./playlist.js").Quality} Quality
 * @typedef {import("./playlist.js").Playlist} Playlist
 * @typedef {import("./playlist.js").Segment} Segment
 */

/** Seconds that are fetched ahead, kept behind, and left alone when the quality changes. */
const [ahead, behind, untouched] = [30, 60, 4];

export class FilmStream {
    static get isPossible() {
        return "MediaSource" in window && MediaSource.isTypeSupported('video/mp4; codecs="avc1.64001f,mp4a.40.2"');
    }

    /** @type {Quality[]} */
    qualities = [];
    /** The one that is fetched now. @type {Quality | null} */
    current = null;
    /** Whether the line decides. */
    isAutomatic = true;
    /** Whether nothing is to be fetched just now. */
    isHeld = false;

    #source = new MediaSource();
    #stop = new AbortController();
    /** @type {SourceBuffer | null} */
    #buffer = null;
    /** @type {Map<string, Playlist>} */
    #playlists = new Map();
    #headerOf = "";
    /** What was appended last, as long as nothing of it was taken away. @type {Segment | null} */
    #last = null;
    #rate = 0;
    #isFilling = false;
    #address = "";

    /**
     * @param {HTMLVideoElement} video
     * @param {number} origin seconds in the segments before the film begins
     */
    constructor(video, origin) {
        this.video = video;
        this.origin = origin;
    }

    /** @param {string} master */
    async start(master) {
        const { signal } = this.#stop;
        const answer = await get(master, signal);
        this.qualities = qualities(await answer.text(), answer.url);
        this.current = this.qualities[0] ?? null;
        if (!this.current) throw new Refused("empty");
        const opened = new Promise((resolve) => this.#source.addEventListener("sourceopen", resolve, { once: true }));
        this.#address = URL.createObjectURL(this.#source);
        // A new source stops what was pressed before it was there.
        const isWanted = !this.video.paused;
        this.video.src = this.#address;
        if (isWanted) this.video.play().catch(() => {});
        await opened;
        this.#buffer = this.#source.addSourceBuffer(`video/mp4; codecs="${this.current.codecs}"`);
        this.#buffer.timestampOffset = -this.origin;
        for (const event of ["timeupdate", "seeking", "waiting"]) {
            this.video.addEventListener(event, () => this.#fill(), { signal });
        }
        await this.#prepare(await this.#load(this.current));
        const refresh = setInterval(() => this.#refresh(), 4000);
        signal.addEventListener("abort", () => clearInterval(refresh));
        await this.#fill();
    }

    /** Fetches on, after it was held. */
    async go() {
        this.isHeld = false;
        await this.#fill();
    }

    /** Shows nothing more, not even from memory. */
    refuse() {
        this.#refuse();
    }

    stop() {
        this.#stop.abort();
        URL.revokeObjectURL(this.#address);
    }

    /**
     * What is about to be shown stays; what comes behind it comes in the other quality.
     * @param {Quality | null} quality null lets the line decide
     */
    async choose(quality) {
        this.isAutomatic = quality === null;
        const next = quality ?? this.#affordable();
        if (next === this.current) return;
        await this.#load(next);
        this.current = next;
        const from = this.video.currentTime + untouched;
        this.#last = null;
        await this.#change((buffer) => buffer.remove(from, Infinity), from < this.#bufferedUntil());
        await this.#fill();
    }

    /** @param {Quality} quality */
    async #load(quality) {
        const known = this.#playlists.get(quality.url);
        if (known?.isWhole) return known;
        const answer = await get(quality.url, this.#stop.signal);
        const list = playlist(await answer.text(), answer.url);
        this.#playlists.set(quality.url, list);
        const length = list.segments.at(-1)?.end ?? 0;
        if (this.#source.readyState === "open" && !(this.#source.duration >= length)) {
            await this.#idle();
            this.#source.duration = length;
        }
        return list;
    }

    async #refresh() {
        if (!this.current || this.#playlists.get(this.current.url)?.isWhole) return;
        await this.#guarded(async () => {
            if (this.current) await this.#load(this.current);
            await this.#fill();
        });
    }

    /** Fetches what is missing ahead of where the video stands, one segment at a time. */
    async #fill() {
        if (this.#isFilling || !this.#buffer) return;
        this.#isFilling = true;
        await this.#guarded(async () => {
            for (;;) {
                if (this.isHeld) break;
                if (this.isAutomatic) await this.#adapt();
                const list = this.current ? this.#playlists.get(this.current.url) : null;
                const until = this.#bufferedUntil();
                if (!list || until > this.video.currentTime + ahead) break;
                // The sound of a segment may end a little before its pictures.
                const last = this.#last;
                const edge = last && last.start <= until && until <= last.end ? last.end : until;
                const next = list.segments.find((segment) => segment.end > edge + 0.1);
                if (!next) {
                    if (list.isWhole) this.#end();
                    break;
                }
                await this.#append(list, next);
            }
        });
        this.#isFilling = false;
    }

    /**
     * @param {Playlist} list
     * @param {Segment} segment
     */
    async #append(list, segment) {
        const { signal } = this.#stop;
        await this.#prepare(list);
        const began = performance.now();
        const bytes = await (await get(segment.url, signal)).arrayBuffer();
        const rate = (bytes.byteLength * 8000) / Math.max(1, performance.now() - began);
        this.#rate = this.#rate ? 0.7 * this.#rate + 0.3 * rate : rate;
        const old = this.video.currentTime - behind;
        if (this.#buffer?.buffered.length && this.#buffer.buffered.start(0) < old) {
            await this.#change((buffer) => buffer.remove(0, old));
        }
        await this.#change((buffer) => buffer.appendBuffer(bytes));
        this.#last = segment;
    }

    /** @param {Playlist} list */
    async #prepare(list) {
        if (this.#headerOf === list.header) return;
        const header = await (await get(list.header, this.#stop.signal)).arrayBuffer();
        await this.#change((buffer) => buffer.appendBuffer(header));
        this.#headerOf = list.header;
    }

    async #adapt() {
        const next = this.#rate ? this.#affordable() : this.current;
        if (!next || next === this.current) return;
        const list = await this.#load(next);
        // One that is not encoded so far yet would be a stall.
        if ((list.segments.at(-1)?.end ?? 0) < this.#bufferedUntil() + 6 && !list.isWhole) return;
        this.current = next;
    }

    /** The best that the line carries with room to spare and the screen shows. */
    #affordable() {
        const pixels = this.video.clientHeight * devicePixelRatio;
        const fitting = this.qualities
            .filter((one) => one.bandwidth < this.#rate * 0.7)
            .sort((one, two) => one.height - two.height);
        const enough = fitting.find((one) => one.height >= pixels);
        const least = this.qualities.reduce((one, two) => (two.bandwidth < one.bandwidth ? two : one));
        return enough ?? fitting.at(-1) ?? least;
    }

    /** Where what is in the buffer from the current time on ends. */
    #bufferedUntil() {
        const { buffered } = this.video;
        const now = this.video.currentTime;
        for (let index = 0; index < buffered.length; index += 1) {
            if (buffered.start(index) <= now + 0.25 && now < buffered.end(index)) return buffered.end(index);
        }
        return now;
    }

    /**
     * @param {(buffer: SourceBuffer) => void} change
     * @param {boolean} isNeeded
     */
    async #change(change, isNeeded = true) {
        const buffer = this.#buffer;
        if (!buffer || !isNeeded) return;
        await this.#idle();
        this.#stop.signal.throwIfAborted();
        change(buffer);
        await this.#idle();
    }

    async #idle() {
        const buffer = this.#buffer;
        while (buffer?.updating) {
            await new Promise((resolve) => buffer.addEventListener("updateend", resolve, { once: true }));
        }
    }

    #end() {
        if (this.#source.readyState === "open" && !this.#buffer?.updating) this.#source.endOfStream();
    }

    /** @param {() => Promise<void>} work */
    async #guarded(work) {
        try {
            await work();
        } catch (problem) {
            if (this.#stop.signal.aborted) return;
            // What may not be seen any more is not shown from memory either.
            if (problem instanceof Refused) this.#refuse();
        }
    }

    #refuse() {
        this.stop();
        this.video.pause();
        this.video.removeAttribute("src");
        this.video.load();
        this.video.dispatchEvent(new CustomEvent("refused"));
    }
}
