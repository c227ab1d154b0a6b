import Foundation

/// What an image says about itself. Where it was taken is left out on purpose: nobody but its owner is to know, and
/// what is never read is never shown.
package struct ImageFacts: Sendable, Hashable {
    /// Pixels as they are shown, after turning by the EXIF orientation.
    package let size: PictureSize
    /// EXIF orientation, 1 to 8; 1 is upright.
    package let orientation: Int
    /// Pages or animation frames.
    package let pages: Int
    /// libvips' name of the loader, for example `jpegload`.
    package let loader: String
    /// When it was taken by the camera's clock, as ISO 8601 without a zone: `2024-05-06T07:08:09`.
    package let takenAt: String?
    /// Maker and model.
    package let camera: String?
}

extension ImageFacts {
    /// Reads what `vipsheader -a` prints: lines of a name, a colon and a value.
    /// - Throws: `DecoderFailure.unusableResult`.
    init(_ report: [UInt8]) throws(DecoderFailure) {
        var fields: [Substring: Substring] = [:]
        let text = String(decoding: report, as: UTF8.self)
        for line in text.split(whereSeparator: \.isNewline) {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let name = line[..<colon]
            // The first of a name counts: a comment inside the file may hold lines that look like fields.
            if fields[name] == nil { fields[name] = line[colon...].dropFirst().drop { $0 == " " } }
        }
        guard let width = fields["width"].flatMap({ Int($0) }), let height = fields["height"].flatMap({ Int($0) }),
            width > 0, height > 0, let loader = fields["vips-loader"]
        else { throw .unusableResult(.vipsheader, reason: "it names no size.") }
        let orientation = fields["orientation"].flatMap { Int($0) } ?? 1
        let isOnItsSide = (5...8).contains(orientation)
        size = isOnItsSide ? PictureSize(width: height, height: width) : PictureSize(width: width, height: height)
        self.orientation = (1...8).contains(orientation) ? orientation : 1
        self.loader = String(loader)
        pages = fields["n-pages"].flatMap { Int($0) } ?? 1
        takenAt = (ExifText(fields["exif-ifd2-DateTimeOriginal"]) ?? ExifText(fields["exif-ifd0-DateTime"]))?.date
        let maker = ExifText(fields["exif-ifd0-Make"])?.value
        let model = ExifText(fields["exif-ifd0-Model"])?.value
        camera = Self.camera(maker: maker, model: model)
    }

    /// Many models begin with their maker's name already.
    private static func camera(maker: String?, model: String?) -> String? {
        guard let maker else { return model }
        guard let model else { return maker }
        return model.lowercased().hasPrefix(maker.lowercased()) ? model : "\(maker) \(model)"
    }
}

/// A text field of EXIF as libvips prints it: `value (value, ASCII, 6 components, 6 bytes)`.
struct ExifText {
    let value: String

    /// Nil when the field is missing or empty.
    init?(_ field: Substring?) {
        guard let field, let end = field.range(of: ", ASCII, ", options: .backwards)?.lowerBound else { return nil }
        // The value stands there twice, as `value (value`, and may itself hold brackets.
        let both = field[..<end]
        let value = both.prefix(max(0, both.count - 2) / 2).filter { !$0.isNewline && $0 != "\0" }
        let trimmed = value.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
        guard !trimmed.isEmpty else { return nil }
        self.value = String(String(trimmed).prefix(100))
    }

    /// `2024:05:06 07:08:09` as ISO 8601; nil when it is no date.
    var date: String? {
        let numbers = value.split(whereSeparator: { $0 == ":" || $0 == " " }).compactMap { Int($0) }
        guard numbers.count == 6, (1800...2200).contains(numbers[0]), (1...12).contains(numbers[1]),
            (1...31).contains(numbers[2]), (0...23).contains(numbers[3]), (0...59).contains(numbers[4]),
            (0...60).contains(numbers[5])
        else { return nil }
        let two = numbers.dropFirst().map { $0 < 10 ? "0\($0)" : "\($0)" }
        return "\(numbers[0])-\(two[0])-\(two[1])T\(two[2]):\(two[3]):\(two[4])"
    }
}
