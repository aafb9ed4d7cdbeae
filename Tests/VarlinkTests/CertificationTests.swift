import Foundation
import Testing

@testable import Varlink

/// The Python implementation of Varlink, in a virtual environment of the build directory's own.
private enum PythonVarlink {
    static let version = "31.0.0"

    /// The interpreter; nil where there is no python3 with venv and pip, or the package cannot be had.
    static let interpreter: String? = {
        let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let environment = package.appendingPathComponent(".build/python-varlink-\(version)").path
        let python = environment + "/bin/python"
        if run(python, "-c", "import varlink.tests.test_certification") { return python }
        guard run("/usr/bin/env", "python3", "-m", "venv", "--clear", environment),
            run(python, "-m", "pip", "install", "--quiet", "varlink==\(version)"),
            run(python, "-c", "import varlink.tests.test_certification")
        else { return nil }
        return python
    }()

    static func start(_ program: String, _ arguments: [String], output: FileHandle = .nullDevice) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardOutput = output
        process.standardError = output
        try process.run()
        return process
    }

    /// Runs a test of the Python package and returns its exit status, without blocking a thread that others need.
    static func status(_ arguments: [String], output: FileHandle) async throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(interpreter))
        process.arguments = ["-m", "varlink.tests.test_certification"] + arguments
        process.standardOutput = output
        process.standardError = output
        return try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
    }

    private static func run(_ program: String, _ arguments: String...) -> Bool {
        guard let process = try? start(program, arguments) else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}

/// `varlink.tests.test_certification`, which speaks to other implementations as client and as service.
@Suite(
    .timeLimit(.minutes(15)),
    .enabled(if: PythonVarlink.interpreter != nil, "needs python3 with venv, and PyPI's varlink"))
struct CertificationTests {
    private func withCertifyingServer(_ body: (String) async throws -> Void) async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/socket"
        let service = try VarlinkService(
            ServiceInfo(vendor: "Tests", product: "Certification", version: "1", url: "https://example.org/"),
            interfaces: [CertificationInterface()])
        let server = try await VarlinkServer(on: ListeningSocket(path: path), service: service)
        async let run: Void = server.run()
        defer { server.stop() }
        try await body(path)
        server.stop()
        await run
    }

    @Test func oursByOurs() async throws {
        try await withCertifyingServer { path in
            let end = try await certify(VarlinkClient(connectingTo: path))
            #expect(end == ["all_ok": true])
        }
    }

    @Test func oursByPython() async throws {
        try await withCertifyingServer { path in
            let log = path + ".log"
            #expect(FileManager.default.createFile(atPath: log, contents: nil))
            let output = try #require(FileHandle(forWritingAtPath: log))
            let status = try await PythonVarlink.status(["--client", "--varlink=unix:\(path)"], output: output)
            let text = try String(contentsOfFile: log, encoding: .utf8)
            #expect(status == 0, "\(text)")
            #expect(text.contains("Certification passed"))
        }
    }

    @Test func pythonByOurs() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/socket"
        let server = try PythonVarlink.start(
            try #require(PythonVarlink.interpreter),
            ["-m", "varlink.tests.test_certification", "--varlink=unix:\(path)"])
        defer { kill(server.processIdentifier, SIGKILL) }
        while server.isRunning {
            if let client = try? await VarlinkClient(connectingTo: path) {
                #expect(try await certify(client) == ["all_ok": true])
                return
            }
            try await Task.sleep(for: .milliseconds(20))
        }
        Issue.record("the Python service did not start")
    }
}
