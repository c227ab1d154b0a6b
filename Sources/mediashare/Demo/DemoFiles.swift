import Foundation
import Subprocess
import SystemPackage

/// Draws the demo's files with ffmpeg: layered hills under a sun, chords under a tremolo, and papers of a page.
struct DemoFiles {
    let folder: String

    /// Makes the file of an item; answers its path.
    func make(_ item: DemoItem) async throws -> String {
        let name = item.title.lowercased().replacing(" ", with: "-")
        switch item.form {
        case .photo:
            let path = "\(folder)/\(name).jpg"
            try await ffmpeg(
                ["-f", "lavfi", "-i", Landscape(item.number).source(width: 1500, height: 1000)],
                ["-vf", "hue=h=\(Landscape(item.number).hue)", "-frames:v", "1", "-q:v", "3", path]
            )
            return path
        case .film(let seconds):
            let path = "\(folder)/\(name).mp4"
            try await film(
                item,
                seconds: seconds,
                codec: ["-c:v", "libx264", "-preset", "veryfast", "-c:a", "aac"],
                path
            )
            return path
        case .oldFilm(let seconds):
            let path = "\(folder)/\(name).avi"
            try await film(item, seconds: seconds, codec: ["-c:v", "mpeg4", "-q:v", "4", "-c:a", "libmp3lame"], path)
            return path
        case .song(let seconds):
            return try await song(item, seconds: seconds, path: "\(folder)/\(name).mp3")
        case .paper:
            let path = "\(folder)/\(name).pdf"
            try Paper(title: item.title).pdf.write(to: URL(filePath: path))
            return path
        }
    }

    private func film(_ item: DemoItem, seconds: Int, codec: [String], _ path: String) async throws {
        let still = path + ".png"
        try await ffmpeg(
            ["-f", "lavfi", "-i", Landscape(item.number).source(width: 1600, height: 720)],
            ["-vf", "hue=h=\(Landscape(item.number).hue)", "-frames:v", "1", still]
        )
        try await ffmpeg(
            [
                "-loop", "1", "-framerate", "25", "-t", "\(seconds)", "-i", still,
                "-f", "lavfi", "-t", "\(seconds)", "-i", Chord(item.number).source,
            ],
            ["-vf", "crop=1280:720:x='(iw-1280)*t/\(seconds)':y=0,format=yuv420p"] + codec + ["-shortest", path]
        )
        try FileManager.default.removeItem(atPath: still)
    }

    private func song(_ item: DemoItem, seconds: Int, path: String) async throws -> String {
        let cover = path + ".jpg"
        try await ffmpeg(
            ["-f", "lavfi", "-i", Landscape(item.number).source(width: 600, height: 600)],
            ["-vf", "hue=h=\(Landscape(item.number).hue)", "-frames:v", "1", cover]
        )
        try await ffmpeg(
            ["-f", "lavfi", "-t", "\(seconds)", "-i", Chord(item.number).source, "-i", cover],
            [
                "-map", "0", "-map", "1", "-c:a", "libmp3lame", "-q:a", "5", "-c:v", "copy", "-id3v2_version", "3",
                "-disposition:v", "attached_pic", "-metadata", "title=\(item.title)", "-metadata", "artist=The Demos",
                path,
            ]
        )
        try FileManager.default.removeItem(atPath: cover)
        return path
    }

    private func ffmpeg(_ input: [String], _ output: [String]) async throws {
        let result = try await Subprocess.run(
            .name("ffmpeg"),
            arguments: Arguments(["-v", "error", "-y", "-nostdin"] + input + output),
            output: .discarded,
            error: .string(limit: 16_384)
        )
        guard result.terminationStatus.isSuccess else {
            throw Complaint("ffmpeg could not draw a demo file: \(result.standardError)")
        }
    }
}

/// Three ranges of hills before a sky with a sun; the number moves all of them.
private struct Landscape {
    let number: Int

    init(_ number: Int) {
        self.number = number
    }

    var hue: Int { number * 37 % 360 }

    /// An ffmpeg source of one such picture.
    func source(width: Int, height: Int) -> String {
        let shift = Double(number) * 1.7
        let sunX = width / 4 + number * 211 % (width / 2)
        let sunY = height / 5 + number * 53 % (height / 5)
        let hills = """
            st(0,Y/H);st(1,0.55+0.08*sin(X/170+\(shift))+0.05*sin(X/61+1+\(shift)));\
            st(2,0.68+0.07*sin(X/120+2+\(shift))+0.03*sin(X/37));st(3,0.82+0.05*sin(X/90+4+\(shift)));
            """.replacing("\n", with: "")
        func channel(_ near: Int, _ middle: Int, _ far: Int, _ sun: Int, _ sky: String) -> String {
            """
            \(hills)if(gt(ld(0),ld(3)),\(near),if(gt(ld(0),ld(2)),\(middle),if(gt(ld(0),ld(1)),\(far),\
            if(lt(hypot(X-\(sunX),Y-\(sunY)),\(height / 12)),\(sun),\(sky)))))
            """
        }
        let red = channel(28, 58, 104, 255, "240-60*ld(0)")
        let green = channel(36, 62, 88, 236, "120+120*ld(0)")
        let blue = channel(52, 92, 128, 200, "90+110*ld(0)")
        return "color=c=black:s=\(width)x\(height),format=gbrp,geq=r='\(red)':g='\(green)':b='\(blue)'"
    }
}

/// A chord that breathes; the number picks its root.
private struct Chord {
    let number: Int

    init(_ number: Int) {
        self.number = number
    }

    var source: String {
        let root = 110 * pow(2, Double(number % 12) / 12)
        let tones = [1, 1.25, 1.5, 2].map { "0.12*sin(2*PI*\(root * $0)*t)" }.joined(separator: "+")
        return "aevalsrc='(\(tones))*(0.6+0.4*sin(2*PI*t/\(4 + number % 5)))':s=44100"
    }
}

/// A page with a heading and a few lines, as the smallest honest PDF.
private struct Paper {
    let title: String

    var pdf: Data {
        var lines = ["BT /F1 28 Tf 72 720 Td (\(title)) Tj ET"]
        for row in 0..<24 {
            let text = "\(row + 1). " + ["Doors open", "Introduction", "Feature", "Questions", "Break"][row % 5]
            lines.append("BT /F1 12 Tf 72 \(670 - row * 24) Td (\(text)) Tj ET")
        }
        let content = lines.joined(separator: "\n")
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >> >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            "<< /Length \(content.utf8.count) >>\nstream\n\(content)\nendstream",
        ]
        var text = "%PDF-1.4\n"
        var offsets: [Int] = []
        for (index, object) in objects.enumerated() {
            offsets.append(text.utf8.count)
            text += "\(index + 1) 0 obj\n\(object)\nendobj\n"
        }
        let start = text.utf8.count
        text += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
        for offset in offsets { text += String(format: "%010d 00000 n \n", offset) }
        text += "trailer << /Size \(objects.count + 1) /Root 1 0 R >>\nstartxref\n\(start)\n%%EOF\n"
        return Data(text.utf8)
    }
}
