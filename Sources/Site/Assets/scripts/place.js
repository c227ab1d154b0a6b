// Where somebody is in a film or a sound: the player goes on there, and tells the server how far they are.

/** Seconds between two tellings while it plays. */
const pause = 15;

/**
 * @param {HTMLMediaElement} media
 * @param {string} address where to tell it
 * @param {number} from seconds; 0 to begin at the beginning
 * @param {AbortSignal} signal
 */
export function remember(media, address, from, signal) {
    let told = from;
    let hasPlayed = false;

    const resume = () => {
        if (!hasPlayed && media.currentTime === 0 && from > 0 && from < media.duration - 1) media.currentTime = from;
    };
    const tell = () => {
        const now = media.currentTime;
        if (!hasPlayed || Math.abs(now - told) < 1) return;
        told = now;
        const token = document.querySelector("meta[name=form-token]")?.getAttribute("content") ?? "";
        fetch(address, {
            method: "PUT",
            // The page may be on its way out.
            keepalive: true,
            headers: { Accept: "application/json", "Content-Type": "application/json", "X-CSRF-Token": token },
            body: JSON.stringify({ seconds: now }),
        }).catch(() => {});
    };

    // A film that is fed piece by piece gets its metadata anew.
    for (const event of ["loadedmetadata", "durationchange"]) media.addEventListener(event, resume, { signal });
    media.addEventListener("playing", () => { hasPlayed = true; }, { signal });
    media.addEventListener("timeupdate", () => { if (Math.abs(media.currentTime - told) >= pause) tell(); }, { signal });
    for (const event of ["pause", "ended", "seeked"]) media.addEventListener(event, tell, { signal });
    document.addEventListener("visibilitychange", () => { if (document.hidden) tell(); }, { signal });
    window.addEventListener("pagehide", tell, { signal });
    if (media.readyState >= HTMLMediaElement.HAVE_METADATA) resume();
}
