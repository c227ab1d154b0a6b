import Foundation
import Testing

@testable import Web

@Suite("JSON written by hand")
struct JSONWriterTests {
    @Test("It reads back as what was written, with every awkward character")
    func roundTrip() throws {
        let awkward = "quotes \" backslash \\ newline \n tab \t return \r bell \u{7} null \u{0} ümläut 🎬 </script>"
        var json = JSONWriter()
        json.object { json in
            json.member("items") { json in
                json.array { json in
                    for index in 0..<3 {
                        json.object { json in
                            json.member("title", awkward)
                            json.member("index", index)
                        }
                    }
                    json.element(awkward)
                }
            }
            json.member("nothing", nil as String?)
            json.member("half", 0.5)
            json.member("nan", Double.nan)
            json.member("yes", true)
            json.member("empty") { $0.array { _ in } }
        }
        let read = try JSONSerialization.jsonObject(with: Data(json.bytes))
        let object = try #require(read as? [String: Any])
        let items = try #require(object["items"] as? [Any])
        #expect(items.count == 4)
        #expect((items[2] as? [String: Any])?["title"] as? String == awkward)
        #expect((items[2] as? [String: Any])?["index"] as? Int == 2)
        #expect(items[3] as? String == awkward)
        #expect(object["nothing"] is NSNull)
        #expect(object["nan"] is NSNull)
        #expect(object["half"] as? Double == 0.5)
        #expect(object["yes"] as? Bool == true)
        #expect((object["empty"] as? [Any])?.isEmpty == true)
    }
}
