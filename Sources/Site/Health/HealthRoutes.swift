import Core
import Hummingbird
import NIOCore

/// Probes for whoever watches over the program.
struct HealthRoutes: Sendable {
    let site: Site
    private let readiness: KeptReadiness

    init(site: Site) {
        self.site = site
        readiness = KeptReadiness(site.platform.readiness)
    }

    func mount(on routes: inout RouteTable) {
        routes.get("/livez", .everyone, "Whether the program runs; depends on nothing", kind: .probe) {
            (_, _: SessionContext) in Self.text("ok\n", .ok)
        }
        routes.get("/readyz", .everyone, "Whether it can serve: database write, disk, migrations", kind: .probe, ready)
    }

    private func ready(_ request: Request, _ context: SessionContext) async throws -> Response {
        let problems = site.isStopping ? ["The program is stopping."] : await readiness.problems()
        return Self.text(
            problems.isEmpty ? "ok\n" : problems.joined(separator: "\n") + "\n",
            problems.isEmpty ? .ok : .serviceUnavailable
        )
    }

    private static func text(_ text: String, _ status: HTTPResponse.Status) -> Response {
        Response(
            status: status,
            headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text))
        )
    }
}
