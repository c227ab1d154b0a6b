import Foundation

/// `embed-files OUTPUT ROOT FILE…` writes OUTPUT, a Swift file in which each FILE is a raw string literal under its path
/// relative to ROOT. Raw literals compile a hundred times faster than arrays of bytes.
@main
struct EmbedFiles {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard arguments.count >= 2 else {
            FileHandle.standardError.write(Data("usage: embed-files OUTPUT ROOT FILE…\n".utf8))
            exit(64)
        }
        let output = arguments[arguments.startIndex]
        let root = arguments[arguments.startIndex + 1] + "/"
        var text = """
            // Made from the text files of this target; edits are lost.

            /// The text files of this target, by their path inside it.
            enum EmbeddedFiles {
                static let all: [(path: String, text: StaticString)] = [

            """
        for file in arguments.dropFirst(2) {
            let content = try String(contentsOfFile: file, encoding: .utf8)
            let path = file.hasPrefix(root) ? String(file.dropFirst(root.count)) : file
            let fence = String(repeating: "#", count: longestRun(of: "#", in: content) + 1)
            text += "        (\n            \"\(path)\",\n\(fence)\"\"\"\n\(content)\n\"\"\"\(fence)\n        ),\n"
        }
        text += "    ]\n}\n"
        try text.write(toFile: output, atomically: true, encoding: .utf8)
    }

    /// The literal's fence must be longer than any run of `#` in the text.
    private static func longestRun(of character: Character, in text: String) -> Int {
        var longest = 0
        var current = 0
        for next in text {
            current = next == character ? current + 1 : 0
            longest = max(longest, current)
        }
        return longest
    }
}
