import Foundation
import ProcessRuntime
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

extension VarlinkLimits {
    /// What goes too far is told which bound it is.
    static let test: VarlinkLimits = {
        var limits = VarlinkLimits { VarlinkError("org.example.test.Busy", ["bound": .string("\($0)")]) }
        // A busy machine is no slow client.
        limits.writeTimeout = .seconds(300)
        limits.stopTimeout = .seconds(60)
        return limits
    }()
}

extension VarlinkServer {
    /// On the process's event loop, which runs the calls too.
    convenience init(
        on socket: ListeningSocket, service: VarlinkService, limits: VarlinkLimits = .test
    ) async throws(ListenError) {
        let executor = EventLoopExecutor.shared
        try await self.init(
            on: socket, service: service, limits: limits, eventLoop: executor.eventLoop, executor: executor)
    }
}

extension VarlinkClient {
    /// On the process's event loop.
    convenience init(
        connectingTo path: String, maximumReply: Int = 16 * 1024 * 1024
    ) async throws(VarlinkClientError) {
        try await self.init(
            connectingTo: path, on: EventLoopExecutor.shared.eventLoop, maximumReply: maximumReply)
    }
}

struct RunningServer {
    let path: String
    let interface: TestInterface
    let server: VarlinkServer
    var events: EventLog { interface.events }
}

/// Runs a server with a `TestInterface` for as long as the body runs. No test may take longer than a minute.
func withServer(
    _ limits: VarlinkLimits = .test,
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
