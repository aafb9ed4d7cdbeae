import Foundation
import Testing

@testable import Varlink

/// A directory for one test, removed with everything in it.
struct TemporaryDirectory: ~Copyable {
    let path: String

    init() throws {
        path =
            FileManager.default.temporaryDirectory.appendingPathComponent("varlink-\(UUID().uuidString.prefix(8))").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

struct RunningServer {
    let path: String
    let interface: TestInterface
    let server: VarlinkServer
    var events: EventLog { interface.events }
}

/// Runs a server with a `TestInterface` for as long as the body runs. No test may take longer than a minute.
func withServer(
    _ limits: VarlinkLimits = VarlinkLimits(),
    _ body: sending @escaping @isolated(any) (RunningServer) async throws -> Void
) async throws {
    let directory = try TemporaryDirectory()
    let interface = try TestInterface()
    let service = try VarlinkService(
        ServiceInfo(vendor: "Tests", product: "Test", version: "1", url: "https://example.org/"),
        interfaces: [interface])
    let path = directory.path + "/socket"
    let server = try await VarlinkServer(
        on: ListeningSocket(path: path, mode: 0o600), service: service, limits: limits)
    async let run: Void = server.run()
    do {
        try await body(RunningServer(path: path, interface: interface, server: server))
    } catch {
        server.stop()
        await run
        throw error
    }
    server.stop()
    await run
    #expect(!FileManager.default.fileExists(atPath: path))
}
