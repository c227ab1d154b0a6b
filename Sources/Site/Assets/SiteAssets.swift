import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization
import Web

/// The site's own style sheet, scripts and pictures, kept in memory and compressed beforehand. Their address holds a hash
/// of all of them together, `/assets/3f2a…/upload.js`, so browsers keep them for good and scripts import each other by
/// plain relative names.
///
/// In development they are read from the source folder again whenever one of them was asked for.
final class SiteAssets: Sendable {
    private struct Bundle: Sendable {
        let hash: String
        let files: [String: MemoryResponse]
    }

    private let bundle: Mutex<Bundle>
    private let folder: URL?

    /// - Parameter folder: Where the files lie in the source, to be read again; nil for the embedded ones.
    init(reloadingFrom folder: URL? = nil) throws {
        self.folder = folder
        bundle = Mutex(try Self.bundle(Self.embedded))
    }

    /// Where this file's folder was when the program was built; in development it is still there.
    static let sourceFolder = URL(filePath: #filePath).deletingLastPathComponent()

    func link(_ name: String) -> Link {
        Link(path: "assets", bundle.withLock { $0.hash }, name)
    }

    /// The answer to a GET of one of them; nil when there is none of that name. An older hash finds the newest file: a
    /// page that was open during an update goes on working.
    func response(_ name: String, to request: Request) throws -> Response? {
        if let folder {
            let fresh = try Self.bundle(Self.onDisk(folder))
            bundle.withLock { $0 = fresh }
        }
        return bundle.withLock { $0.files[name] }?.response(to: request)
    }

    private static let embedded: [(name: String, text: String)] = EmbeddedFiles.all
        .filter { $0.path.hasPrefix("Assets/") }
        .map { (name: String($0.path.dropFirst("Assets/".count)), text: $0.text.description) }

    private static func onDisk(_ folder: URL) throws -> [(name: String, text: String)] {
        try embedded.map {
            (name: $0.name, text: try String(contentsOf: folder.appending(path: $0.name), encoding: .utf8))
        }
    }

    /// Style sheets become one, in the order of their names; everything else keeps its own name without its folder.
    private static func bundle(_ sources: [(name: String, text: String)]) throws -> Bundle {
        var texts: [String: String] = [:]
        for source in sources.sorted(by: { $0.name < $1.name }) {
            let name = String(source.name.split(separator: "/").last ?? "")
            if name.hasSuffix(".css") {
                texts["main.css", default: ""] += source.text
            } else {
                texts[name] = source.text
            }
        }
        var hash = SHA256()
        for (name, text) in texts.sorted(by: { $0.key < $1.key }) { hash.update(data: Data("\(name)\n\(text)\n".utf8)) }
        let digest = hash.finalize().prefix(8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let headers: HTTPFields = [.cacheControl: "public, max-age=31536000, immutable"]
        var files: [String: MemoryResponse] = [:]
        for (name, text) in texts {
            files[name] = try MemoryResponse(
                ByteBuffer(string: text),
                contentType: contentType(of: name),
                hash: "\(digest)-\(name)",
                headers: headers
            )
        }
        return Bundle(hash: digest, files: files)
    }

    private static func contentType(of name: String) -> String {
        switch name.split(separator: ".").last {
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "svg": "image/svg+xml"
        case "webmanifest": "application/manifest+json"
        case .some, .none: "application/octet-stream"
        }
    }
}
