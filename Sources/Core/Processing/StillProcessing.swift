import Integrations

/// Images and documents.
extension Decoders {
    func image(
        _ path: String,
        contentType: String,
        in directory: String,
        report: @escaping Report
    ) async throws -> ProcessedMedia {
        try await report(nil, "Looking into the file")
        let facts = try await images.inspect(path)
        var result = ProcessedMedia()
        result.size = facts.size
        result.metadata = MediaMetadata(facts)
        // A JPEG of an animation would stand still.
        result.isWebReady = facts.pages > 1 && ["image/gif", "image/webp"].contains(contentType)
        try await report(nil, "Making pictures")
        let pictures = try await images.renditions(of: path, in: directory)
        result.add(.thumbnail, pictures.thumbnail, "image/jpeg", facts.size.shrunk(to: 300))
        if !result.isWebReady { result.add(.display, pictures.display, "image/jpeg", facts.size.shrunk(to: 1600)) }
        return result
    }

    func document(
        _ path: String,
        contentType: String,
        in directory: String,
        report: @escaping Report
    ) async throws -> ProcessedMedia {
        var result = ProcessedMedia()
        guard contentType == "application/pdf" else { return result }
        try await report(nil, "Looking into the file")
        let facts = try await documents.inspect(path)
        result.metadata.pages = facts.pages
        result.isWebReady = true
        try await report(nil, "Making pictures")
        for (kind, side) in [(Rendition.Kind.thumbnail, 300), (.poster, 1280)] {
            try await ifPossible {
                let page = try await documents.firstPage(of: path, side: side, named: kind.rawValue, in: directory)
                result.add(kind, page, "image/jpeg", nil)
            }
        }
        return result
    }
}

extension PictureSize {
    /// The same shape within a square, never enlarged.
    fileprivate func shrunk(to side: Int) -> PictureSize {
        let scale = min(1, Double(side) / Double(max(width, height)))
        return PictureSize(
            width: max(1, Int((Double(width) * scale).rounded())),
            height: max(1, Int((Double(height) * scale).rounded()))
        )
    }
}
