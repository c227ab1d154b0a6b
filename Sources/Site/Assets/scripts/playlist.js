// Playlists of HTTP Live Streaming (RFC 8216), as far as our own server writes them.

/**
 * @typedef {{ url: string, bandwidth: number, width: number, height: number, codecs: string }} Quality
 * @typedef {{ url: string, start: number, end: number }} Segment
 * @typedef {{ header: string, segments: Segment[], isWhole: boolean }} Playlist
 */

/** Why there is nothing more to get: the item is gone, or the right to see it. */
export class Refused extends Error {}

/**
 * @param {string} url
 * @param {AbortSignal} signal
 */
export const get = async (url, signal) => {
    const answer = await fetch(url, { signal, credentials: "same-origin" });
    if ([401, 403, 404, 410].includes(answer.status) || answer.redirected) throw new Refused(String(answer.status));
    if (!answer.ok) throw new Error(String(answer.status));
    return answer;
};

/** @param {string} text */
const lines = (text) => text.split("\n").map((line) => line.trim()).filter((line) => line !== "");

/**
 * @param {string} text
 * @param {string} base
 * @returns {Quality[]} the one to begin with first
 */
export const qualities = (text, base) => {
    /** @type {Quality[]} */
    const found = [];
    /** @type {string | null} */
    let about = null;
    for (const line of lines(text)) {
        if (line.startsWith("#EXT-X-STREAM-INF:")) {
            about = line;
        } else if (about && !line.startsWith("#")) {
            const [, width, height] = about.match(/RESOLUTION=(\d+)x(\d+)/) ?? ["", "0", "0"];
            found.push({
                url: new URL(line, base).href,
                bandwidth: Number(about.match(/[:,]BANDWIDTH=(\d+)/)?.[1] ?? 0),
                width: Number(width),
                height: Number(height),
                codecs: about.match(/CODECS="([^"]*)"/)?.[1] ?? "",
            });
            about = null;
        }
    }
    return found;
};

/**
 * @param {string} text
 * @param {string} base
 * @returns {Playlist}
 */
export const playlist = (text, base) => {
    /** @type {Segment[]} */
    const segments = [];
    let [header, time, length] = ["", 0, 0];
    for (const line of lines(text)) {
        if (line.startsWith("#EXT-X-MAP:")) {
            header = new URL(line.match(/URI="([^"]*)"/)?.[1] ?? "", base).href;
        } else if (line.startsWith("#EXTINF:")) {
            length = parseFloat(line.slice("#EXTINF:".length));
        } else if (!line.startsWith("#")) {
            segments.push({ url: new URL(line, base).href, start: time, end: time + length });
            time += length;
        }
    }
    return { header, segments, isWhole: text.includes("#EXT-X-ENDLIST") };
};
