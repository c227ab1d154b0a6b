import Foundation

/// Takes one input; what must hold is a `precondition`.
typealias FuzzTarget = @Sendable (_ input: [UInt8]) -> Void

/// The readers of bytes that come from outside. `scripts/fuzz` runs them.
private let targets: [String: FuzzTarget] = [
    "cookies": fuzzCookies,
    "forms": fuzzForms,
    "multipart": fuzzMultipart,
    "proxies": fuzzProxies,
    "range": fuzzRange,
    "tus": fuzzTus,
]

private let target: FuzzTarget = {
    guard let target = targets[ProcessInfo.processInfo.environment["MEDIASHARE_FUZZ_TARGET"] ?? ""] else {
        FileHandle.standardError.write(Data("MEDIASHARE_FUZZ_TARGET is one of \(targets.keys.sorted())\n".utf8))
        exit(64)
    }
    return target
}()

/// What libFuzzer, whose `main` this program has, calls with each input (https://llvm.org/docs/LibFuzzer.html).
@_cdecl("LLVMFuzzerTestOneInput")
public func tryInput(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    target(Array(UnsafeBufferPointer(start: data, count: count)))
    return 0
}

extension [UInt8] {
    /// The input as lines of text, one for each of several headers.
    var texts: [String] {
        split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
    }
}
