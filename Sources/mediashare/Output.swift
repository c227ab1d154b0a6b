import Foundation

/// What commands say on standard output.
enum Output {
    static func line(_ text: String = "") {
        FileHandle.standardOutput.write(Data((text + "\n").utf8))
    }

    static func table(_ rows: [(String, String)]) {
        let width = rows.map(\.0.count).max() ?? 0
        for (name, value) in rows {
            line(name + String(repeating: " ", count: width - name.count + 2) + value)
        }
    }
}
