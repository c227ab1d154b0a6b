import Persistence

/// An announced upload that keeps the rules which need no database.
struct UploadDraft: Sendable {
    static let longestFilename = 255
    static let longestMetadata = 8_192

    let filename: String
    let title: String
    let visibility: Media.Visibility
    let metadata: String
    let expected: ExpectedFormat

    /// - Throws: a `Failure` that names the field: no file, an unusable or unknown name, a bad title or visibility.
    init(
        filename: String,
        title: String?,
        visibility: String?,
        metadata: String,
        types: [MediaType]
    ) throws(Failure) {
        // Browsers on other systems send whole paths.
        let name = (filename.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? "").tidied
        guard !name.isEmpty else { throw .uploadFilenameMissing }
        guard name.utf8.count <= Self.longestFilename, name != ".", name != ".." else { throw .uploadFilenameUnusable }
        guard metadata.utf8.count <= Self.longestMetadata, !metadata.holdsNull else { throw .uploadMetadataTooLong }
        guard let expected = types.expected(for: name) else { throw .uploadUnknownType }
        let typed = (title ?? "").tidied
        let chosen = (visibility ?? "").trimmed
        let changes = try MediaChanges(
            title: typed.isEmpty ? Self.title(from: name) : typed,
            description: "",
            visibility: chosen.isEmpty ? Media.Visibility.private.rawValue : chosen,
            ageRating: ""
        )
        self.filename = name
        self.title = changes.title
        self.visibility = changes.visibility
        self.metadata = metadata
        self.expected = expected
    }

    /// `My_holiday.2024.mp4` becomes `My holiday.2024`.
    private static func title(from filename: String) -> String {
        let stem = filename.fileExtension.map { String(filename.dropLast($0.count + 1)) } ?? filename
        let title = stem.replacing("_", with: " ").tidied
        return String((title.isEmpty ? filename : title).unicodeScalars.prefix(MediaChanges.longestTitle))
    }
}
