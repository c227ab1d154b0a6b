import Integrations

/// Films and sound.
extension Decoders {
    func timed(_ path: String, in directory: String, report: @escaping Report) async throws -> ProcessedMedia {
        try await report(nil, "Looking into the file")
        let probe = try await ffmpeg.probe(path)
        var result = ProcessedMedia()
        result.duration = probe.length
        result.size = probe.video?.displaySize
        result.metadata = MediaMetadata(probe)
        try await report(nil, "Making pictures")
        try await ifPossible { try await addPictures(to: &result, path, probe, in: directory) }
        switch WebPlayability(probe) {
        case .asIs(let mimeType):
            result.isWebReady = true
            result.contentType = mimeType
        case .convert(let conversion):
            try await addPlayback(to: &result, path, probe, conversion, in: directory, report: report)
        case .nothing:
            result.problem = "There is nothing to see or to hear in this file."
        }
        return result
    }

    private func addPictures(
        to result: inout ProcessedMedia,
        _ path: String,
        _ probe: MediaProbe,
        in directory: String
    ) async throws {
        if probe.video == nil, probe.cover == nil {
            let shape = try await ffmpeg.waveform(of: path, probe, in: directory)
            result.add(.thumbnail, shape, "image/jpeg", PictureSize(width: 300, height: 150))
            return
        }
        let source = probe.video ?? probe.cover
        let pictures =
            probe.video == nil
            ? try await ffmpeg.cover(of: path, probe, in: directory)
            : try await ffmpeg.poster(of: path, probe, in: directory)
        let size = source?.displaySize
        result.add(.thumbnail, pictures.thumbnail, "image/jpeg", size?.fitted(long: 300, short: 300))
        result.add(.poster, pictures.poster, "image/jpeg", size?.fitted(long: 1280, short: 1280))
    }

    /// Copies what browsers play and encodes other sound; where copying fails, encodes everything. Pictures are left to
    /// `FilmEncoding`.
    private func addPlayback(
        to result: inout ProcessedMedia,
        _ path: String,
        _ probe: MediaProbe,
        _ first: Conversion,
        in directory: String,
        report: @escaping Report
    ) async throws {
        let everything = Conversion.encodingEverything(in: probe)
        for conversion in first == everything ? [first] : [first, everything] {
            if conversion.video == .encode {
                (result.isToBeEncoded, result.problem) = (true, nil)
                return
            }
            do {
                let made = try await convert(path, probe, conversion, in: directory, report: report)
                result.add(.playback, made, conversion.mimeType, probe.video?.displaySize)
                if result.duration == nil { result.duration = try await ffmpeg.probe(made).length }
                result.problem = nil
                return
            } catch let failure as DecoderFailure where failure.isFinal {
                result.problem = failure.message
            }
        }
    }

    private func convert(
        _ path: String,
        _ probe: MediaProbe,
        _ conversion: Conversion,
        in directory: String,
        report: @escaping Report
    ) async throws -> String {
        let message = "Preparing for playback"
        try await report(nil, message)
        let whole = probe.duration ?? 0
        return try await ffmpeg.convert(path, probe, by: conversion, in: directory) { progress in
            try await report(whole > 0 ? progress.seconds / whole : nil, message)
        }
    }
}

extension MediaProbe {
    fileprivate var length: Duration? { duration.map { .milliseconds(Int64($0 * 1000)) } }
}
