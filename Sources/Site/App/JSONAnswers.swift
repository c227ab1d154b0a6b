import Core
import Hummingbird
import NIOCore
import Web

extension Response {
    static func json(_ json: JSONWriter) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "application/json; charset=utf-8", .cacheControl: "private, no-cache"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: json.bytes))
        )
    }

    /// A part of a list: its `items`, and as `next` what to ask for with `?after=…`; null at the end.
    static func json<Item>(_ page: ListPage<Item>, _ members: (Item, inout JSONWriter) -> Void) -> Response {
        var json = JSONWriter(capacity: 64 + page.items.count * 320)
        json.object { json in
            json.member("items") { json in
                json.array { json in
                    for item in page.items { json.object { members(item, &$0) } }
                }
            }
            json.member("next", page.next?.text)
        }
        return .json(json)
    }
}
