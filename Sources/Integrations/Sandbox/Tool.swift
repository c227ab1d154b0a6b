/// A program of the system that this one starts.
package struct Tool: Sendable, Hashable {
    package let name: String
    /// The Debian package it comes in.
    package let debianPackage: String
    /// The argument that makes it print its version.
    let versionArgument: String

    init(_ name: String, package debianPackage: String = "coreutils", versionArgument: String = "--version") {
        self.name = name
        self.debianPackage = debianPackage
        self.versionArgument = versionArgument
    }

    package static let ffmpeg = Tool("ffmpeg", package: "ffmpeg", versionArgument: "-version")
    package static let ffprobe = Tool("ffprobe", package: "ffmpeg", versionArgument: "-version")
    package static let vipsthumbnail = Tool("vipsthumbnail", package: "libvips-tools")
    package static let vipsheader = Tool("vipsheader", package: "libvips-tools")
    package static let pdftoppm = Tool("pdftoppm", package: "poppler-utils", versionArgument: "-v")
    package static let pdfinfo = Tool("pdfinfo", package: "poppler-utils", versionArgument: "-v")
    package static let bwrap = Tool("bwrap", package: "bubblewrap")
    package static let prlimit = Tool("prlimit", package: "util-linux")
    package static let nice = Tool("nice")

    /// Everything that processing needs, in the order in which `doctor` names it.
    package static let all = [ffmpeg, ffprobe, vipsthumbnail, vipsheader, pdftoppm, pdfinfo, bwrap, prlimit, nice]
}
