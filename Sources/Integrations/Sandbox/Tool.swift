/// A program of the system that this one starts.
package struct Tool: Sendable, Hashable {
    package let name: String
    /// The argument that makes it print its version.
    let versionArgument: String

    init(_ name: String, versionArgument: String = "--version") {
        self.name = name
        self.versionArgument = versionArgument
    }

    package static let ffmpeg = Tool("ffmpeg", versionArgument: "-version")
    package static let ffprobe = Tool("ffprobe", versionArgument: "-version")
    package static let vipsthumbnail = Tool("vipsthumbnail")
    package static let vipsheader = Tool("vipsheader")
    package static let pdftoppm = Tool("pdftoppm", versionArgument: "-v")
    package static let pdfinfo = Tool("pdfinfo", versionArgument: "-v")
    package static let bwrap = Tool("bwrap")
    package static let prlimit = Tool("prlimit")
    package static let nice = Tool("nice")

    /// Everything that processing needs, in the order in which `doctor` names it.
    package static let all = [ffmpeg, ffprobe, vipsthumbnail, vipsheader, pdftoppm, pdfinfo, bwrap, prlimit, nice]

    /// The Debian package it comes in.
    package var debianPackage: String {
        switch name {
        case "ffmpeg", "ffprobe": "ffmpeg"
        case "vipsthumbnail", "vipsheader": "libvips-tools"
        case "pdftoppm", "pdfinfo": "poppler-utils"
        case "bwrap": "bubblewrap"
        case "prlimit": "util-linux"
        case _: "coreutils"
        }
    }
}
