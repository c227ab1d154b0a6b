import Web

/// A drawing in the brand's own colours: a film, a song, a photo and a page, as they stand in a library.
struct HeroArt: Sendable {
    var html: HTML {
        """
        <svg class="hero-art" viewBox="0 0 560 400" aria-hidden="true">
        <defs><clipPath id="art-film"><rect x="20" y="36" width="400" height="226" rx="18"/></clipPath>\
        <clipPath id="art-photo"><rect x="316" y="218" width="150" height="150" rx="16"/></clipPath></defs>
        <g clip-path="url(#art-film)"><rect class="art-sky" x="20" y="36" width="400" height="226"/>\
        <circle class="art-sun" cx="300" cy="118" r="34"/>\
        <path class="art-far" d="M20 176c60-34 96-42 150-14s92 22 134-8 84-28 116-6v114H20z"/>\
        <path class="art-near" d="M20 218c48-26 104-22 150 0s110 26 158 2 66-16 92-4v46H20z"/>\
        <rect class="art-track" x="40" y="240" width="360" height="6" rx="3"/>\
        <rect class="art-played" x="40" y="240" width="138" height="6" rx="3"/><circle class="art-knob" cx="178" cy="243" r="8"/></g>
        <circle class="art-button" cx="220" cy="146" r="34"/>\
        <path class="art-play" d="M210 130v32c0 2.4 2.6 3.8 4.6 2.6l25-16c1.9-1.2 1.9-4 0-5.2l-25-16c-2-1.2-4.6.2-4.6 2.6z"/>
        <g class="art-card"><rect x="84" y="284" width="208" height="84" rx="16"/></g>
        <g class="art-wave"><path d="M112 318v16M126 308v36M140 314v24M154 300v52M168 310v32M182 304v44M196 316v20M210 308v36M224 313v26M238 320v12M252 311v30M266 318v16"/></g>
        <g clip-path="url(#art-photo)"><rect class="art-warm" x="316" y="218" width="150" height="150"/>\
        <circle class="art-moon" cx="418" cy="262" r="18"/>\
        <path class="art-dune" d="M316 322c34-30 66-32 92-8s40 14 58-4v58H316z"/></g>
        <rect class="art-edge" x="316" y="218" width="150" height="150" rx="16"/>
        <g class="art-card"><rect x="446" y="66" width="96" height="126" rx="12"/></g>
        <g class="art-lines"><path d="M464 92h40M464 110h60M464 126h60M464 142h60M464 158h34"/></g>
        </svg>
        """
    }
}
