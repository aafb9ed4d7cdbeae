import Foundation
import Glibc
import ProcessRuntime
import Testing

@testable import Varlink

@Suite struct AcceptPauseTests {
    /// In a process of its own, which has room for four of ten clients: the others wait, it has a rest, and they are served once there
    /// is room.
    @Test func withoutADescriptorAcceptingPauses() async {
        await #expect(processExitsWith: .success) {
            func limit(_ count: Int32) {
                var limit = rlimit(rlim_cur: rlim_t(count), rlim_max: 1024)
                setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            }
            func used() -> Double {
                var time = timespec()
                clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
                return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
            }
            let path = FileManager.default.temporaryDirectory.path + "/pause-\(UUID().uuidString.prefix(8))"
            let service = try VarlinkService(
                ServiceInfo(vendor: "Tests", product: "Test", version: "1", url: "https://example.org/"),
                interfaces: [try TestInterface()])
            let socket = try ListeningSocket(path: path, mode: 0o600)
            // The event loop and Swift's own pool, which may come to look after its timers at any time, have their descriptors before there
            // are few.
            _ = try await EventLoopExecutor.shared.eventLoop.submit {}.get()
            try await Task.sleep(for: .milliseconds(1))
            var clients: [RawClient] = []
            for _ in 0..<10 { clients.append(try RawClient(path)) }
            // Room for four, whatever descriptors came along from the process of the tests and lie between the free ones.
            let room = (0..<4).map { _ in dup(0) }
            for descriptor in room { close(descriptor) }
            limit((room.max() ?? 0) + 1)
            let server = try await VarlinkServer(on: socket, service: service, limits: .test)
            async let run: Void = server.run()
            let call = #"{"method":"org.example.test.Note"}"#
            for client in clients[..<4] { guard try await client.call(call) == "{}" else { exit(1) } }
            let before = used()
            try await EventLoopExecutor.shared.sleep(for: .seconds(1))
            guard used() - before < 0.3 else { exit(2) }
            limit(1024)
            for client in clients { guard try await client.call(call) == "{}" else { exit(3) } }
            server.stop()
            await run
        }
    }
}
