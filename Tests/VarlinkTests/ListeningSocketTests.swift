import Foundation
import Testing
import Trials

@testable import Varlink

@Suite struct ListeningSocketTests {
    private func mode(_ path: String) throws -> Int {
        try #require(FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
    }

    @Test(arguments: chosen([0o600, 0o660, 0o666] as [mode_t]))
    func modeAndGroup(mode: mode_t) throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/socket"
        let socket = try ListeningSocket(path: path, mode: mode, group: getgid())
        defer { close(socket.descriptor) }
        #expect(try self.mode(path) == Int(mode))
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.groupOwnerAccountID] as? Int == Int(getgid()))
        #expect(throws: Never.self) { try RawClient(path) }
        socket.removeFile()
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func aStaleSocketIsReplaced() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/socket"
        let stale = try ListeningSocket(path: path)
        close(stale.descriptor)
        let socket = try ListeningSocket(path: path)
        defer { close(socket.descriptor) }
        #expect(throws: Never.self) { try RawClient(path) }
    }

    @Test func aNameThatAnotherHasTakenIsNotRemoved() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/socket"
        let first = try ListeningSocket(path: path)
        defer { close(first.descriptor) }
        #expect(unlink(path) == 0)
        let second = try ListeningSocket(path: path)
        defer { close(second.descriptor) }
        first.removeFile()
        #expect(throws: Never.self) { try RawClient(path) }
    }

    @Test func aSocketThatIsListenedOnIsNot() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/socket"
        let socket = try ListeningSocket(path: path)
        defer { close(socket.descriptor) }
        #expect(throws: ListenError.inUse(path)) { try ListeningSocket(path: path) }
        #expect(throws: Never.self) { try RawClient(path) }
    }

    @Test func ofThoseThatStartAtOnceOneWins() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/socket"
        close(try ListeningSocket(path: path).descriptor)
        let sockets = await withTaskGroup { group in
            for _ in 0..<16 { group.addTask { try? ListeningSocket(path: path) } }
            return await group.reduce(into: [ListeningSocket]()) { if let socket = $1 { $0.append(socket) } }
        }
        #expect(sockets.count == 1)
        for socket in sockets { close(socket.descriptor) }
    }

    @Test func otherFilesAreLeftAlone() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/file"
        try Data("precious".utf8).write(to: URL(fileURLWithPath: path))
        #expect(throws: ListenError.notASocket(path)) { try ListeningSocket(path: path) }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "precious")
    }

    @Test func pathsThatCannotBe() throws {
        let directory = try TemporaryDirectory()
        let long = directory.path + "/" + String(repeating: "x", count: 108)
        #expect(throws: ListenError.pathTooLong(long)) { try ListeningSocket(path: long) }
        let missing = directory.path + "/none/socket"
        #expect(throws: ListenError.failed(call: "open", path: directory.path + "/none", errno: ENOENT)) {
            try ListeningSocket(path: missing)
        }
    }

    @Test func adopting() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/socket"
        let passed = try ListeningSocket(path: path)
        let service = try VarlinkService(
            ServiceInfo(vendor: "", product: "", version: "", url: ""), interfaces: [TestInterface()])
        let server = try await VarlinkServer(on: ListeningSocket(adopting: passed.descriptor), service: service)
        let run = Task { await server.run() }
        let client = try await VarlinkClient(connectingTo: path)
        #expect(try await client.call("org.example.test.Note") == [:])
        run.cancel()
        await run.value
        // It is whoever made it who removes it.
        #expect(FileManager.default.fileExists(atPath: path))
        #expect(throws: RawClient.Failure.connect(errno: ECONNREFUSED)) { try RawClient(path) }
    }

    @Test func adoptingWhatDoesNotListen() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/socket"
        let listening = try ListeningSocket(path: path)
        defer { close(listening.descriptor) }
        let plain = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
        let datagram = socket(AF_UNIX, CInt(SOCK_DGRAM.rawValue), 0)
        let internet = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        listen(internet, 1)
        let file = open(directory.path, O_RDONLY)
        for descriptor in [plain, datagram, internet, file, -1] {
            #expect(throws: ListenError.notListening(descriptor: descriptor)) {
                try ListeningSocket(adopting: descriptor)
            }
            close(descriptor)
        }
    }
}
