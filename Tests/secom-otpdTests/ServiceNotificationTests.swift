import Foundation
import Glibc
import Testing
import Trials

@testable import secom_otpd

/// What the service manager hears. Each exit test is a process of its own, so that this one keeps its environment.
@Suite struct ServiceNotificationTests {
    /// The service manager's end.
    private final class Manager {
        /// As NOTIFY_SOCKET has it: a path, or @ and an abstract name.
        let name: String
        private let descriptor: Int32

        init(_ name: String) throws {
            self.name = name
            descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            let isAbstract = name.hasPrefix("@")
            withUnsafeMutableBytes(of: &address.sun_path) {
                $0.copyBytes(from: name.utf8)
                if isAbstract { $0[0] = 0 }
            }
            let length = socklen_t(MemoryLayout<sa_family_t>.size + name.utf8.count + (isAbstract ? 0 : 1))
            if !isAbstract { unlink(name) }
            let bound = withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
            }
            try #require(bound == 0, "\(name): \(String(cString: strerror(errno)))")
        }

        deinit {
            close(descriptor)
            if !name.hasPrefix("@") { unlink(name) }
        }

        /// Each message heard so far. A datagram is there as soon as it is sent.
        var heard: [String] {
            var messages: [String] = []
            var buffer = [UInt8](repeating: 0, count: 4096)
            while true {
                let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
                guard count >= 0 else { return messages }
                messages.append(String(decoding: buffer[..<count], as: UTF8.self))
            }
        }
    }

    private static func unique(_ prefix: String) -> String { "\(prefix)secom-otpd-notify-\(UUID().uuidString)" }

    @Test(arguments: chosen(["\(FileManager.default.temporaryDirectory.path)/", "@"]))
    func theServiceManagerHears(prefix: String) async throws {
        let manager = try Manager(Self.unique(prefix))
        await #expect(processExitsWith: .success) { [name = manager.name as String] in
            setenv("NOTIFY_SOCKET", name, 1)
            let notification = ServiceNotification()
            notification.ready("Watching main")
            notification.status("Watching nothing yet")
            notification.alive()
            notification.stopping()
        }
        #expect(
            manager.heard == [
                "READY=1\nSTATUS=Watching main", "STATUS=Watching nothing yet", "WATCHDOG=1",
                "STOPPING=1\nSTATUS=Stopping",
            ])
    }

    @Test(arguments: chosen(["\n", "\r\n", "\r", "\u{85}", "\u{2028}", "\n\n", "\n\u{301}"]))
    func aStatusIsOneAssignment(end: String) async throws {
        let manager = try Manager(Self.unique("@"))
        await #expect(processExitsWith: .success) { [name = manager.name as String, end = end as String] in
            setenv("NOTIFY_SOCKET", name, 1)
            let notification = ServiceNotification()
            notification.status("main\(end)MAINPID=1")
            notification.ready("main\(end)MAINPID=1")
        }
        let heard = manager.heard
        #expect(heard.count == 2)
        #expect(heard.allSatisfy { !$0.split(separator: "\n").contains { $0.hasPrefix("MAINPID") } }, "\(heard)")
        #expect(heard.map { $0.utf8.count { $0 == 10 } } == [0, 1])
    }

    @Test func noChildInheritsTheSocketsName() async {
        await #expect(processExitsWith: .success) {
            setenv("NOTIFY_SOCKET", "@nobody", 1)
            _ = ServiceNotification()
            if getenv("NOTIFY_SOCKET") != nil { exit(1) }
        }
    }

    /// No socket, nobody on it, no such kind of address, longer than an address can be: a service starts all the same.
    @Test(
        arguments: chosen([
            nil, "", "/nonexistent/notify", "@secom-otpd-nobody", "relative", "vsock:2:1234",
            "/" + String(repeating: "x", count: 200), "@" + String(repeating: "x", count: 200), "/", "@",
        ]))
    func withoutAManagerNothingHappens(name: String?) async {
        await #expect(processExitsWith: .success) { [name = name as String?] in
            if let name { setenv("NOTIFY_SOCKET", name, 1) } else { unsetenv("NOTIFY_SOCKET") }
            let notification = ServiceNotification()
            notification.ready("Watching main")
            notification.stopping()
        }
    }
}
