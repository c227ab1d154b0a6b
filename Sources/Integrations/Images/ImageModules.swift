/// libvips' modules: the formats that it loads from files of their own, all of them at every start. Where they are out
/// of its sight, a start takes 30 ms of processor time instead of 65 (measured, libvips 8.14), and ImageMagick, poppler
/// and OpenSlide are no part of the process that reads a stranger's picture.
struct ImageModules: Sendable {
    private let folders: [String]
    private let pool = BlockingPool(threads: 1)

    init() {
        folders = ["/usr/lib", "/usr/lib64", "/usr/local/lib"].flatMap { base in
            let names = (try? Directories.names(in: base)) ?? []
            return ([base] + names.map { "\(base)/\($0)" }).flatMap { folder in
                ((try? Directories.names(in: folder)) ?? []).filter { $0.hasPrefix("vips-modules-") }
                    .map { "\(folder)/\($0)" }
            }
        }
    }

    /// Hides all modules but the one that this file needs.
    func covers(for path: String) async throws -> [SandboxCommand.Cover] {
        let head = try await pool.run { try FileHead.read(path, count: 12) }
        // ISO 14496-12: HEIC and AVIF begin with a box of this type.
        let isHEIF = head.dropFirst(4).starts(with: "ftyp".utf8)
        return folders.map { SandboxCommand.Cover(folder: $0, except: isHEIF ? ["vips-heif.so"] : []) }
    }
}
