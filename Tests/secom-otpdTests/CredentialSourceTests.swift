import Foundation
import Glibc
import IMAP
import Testing
import Trials

@testable import secom_otpd

/// Passwords from files and systemd's credentials: what counts as the secret, and what is none.
@Suite final class CredentialSourceTests {
    private let directory = "\(FileManager.default.temporaryDirectory.path)/secom-otpd-secret-\(UUID().uuidString)"

    init() throws { try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false) }
    deinit { try? FileManager.default.removeItem(atPath: directory) }

    /// What is read of a file with this in it.
    private func read(_ bytes: [UInt8]) throws -> [UInt8] {
        let path = "\(directory)/secret"
        try Data(bytes).write(to: URL(filePath: path))
        return try Configuration.CredentialSource.file(path).read().withBytes { Array($0) }
    }

    private func reason(_ bytes: [UInt8]) -> String? {
        (#expect(throws: CredentialError.self) { _ = try read(bytes) })?.reason.english
    }

    @Test(
        arguments: chosen([
            ("s3cret", "s3cret"), ("s3cret\n", "s3cret"), ("s3cret\r\n", "s3cret"), (" s3 cret \t\n", " s3 cret \t"),
            ("ひみつ\n", "ひみつ"), ("\u{FEFF}x\n", "\u{FEFF}x"),
        ]))
    func oneLineEndIsNoPartOfIt(content: String, secret: String) throws {
        #expect(try read(Array(content.utf8)) == Array(secret.utf8))
    }

    @Test(arguments: chosen(["", "\n", "\r\n"])) func nothingIsNoSecret(content: String) {
        #expect(reason(Array(content.utf8)) == "\(directory)/secret is empty")
    }

    @Test(arguments: chosen(["one\ntwo", "one\ntwo\n", "one\n\n", "\none", "one\rtwo", "one\n\r\n", "o\0ne", "\0"]))
    func severalLinesOrANULAreNoSecret(content: String) {
        #expect(reason(Array(content.utf8)) == "\(directory)/secret contains more than one line, or a NUL")
    }

    @Test func atMost64KiB() throws {
        #expect(try read([UInt8](repeating: 120, count: 65536)).count == 65536)
        #expect(reason([UInt8](repeating: 120, count: 65537)) == "\(directory)/secret is larger than 64 KiB")
        let endless = Configuration.CredentialSource.file("/dev/zero")
        #expect(throws: CredentialError.self) { _ = try endless.read() }
    }

    @Test func whatCannotBeReadIsNamed() {
        let missing = Configuration.CredentialSource.file("\(directory)/nowhere")
        let error = #expect(throws: CredentialError.self) { _ = try missing.read() }
        #expect(error?.reason.english == "\(directory)/nowhere: No such file or directory")
        let place = Configuration.CredentialSource.file(directory)
        #expect(
            (#expect(throws: CredentialError.self) { _ = try place.read() })?.reason.english
                == "\(directory): Is a directory")
    }

    /// Nobody writes to it: the daemon does not wait for somebody who might.
    @Test func aPipeIsNotWaitedFor() throws {
        let path = "\(directory)/pipe"
        try #require(mkfifo(path, 0o600) == 0)
        #expect(throws: CredentialError.self) { _ = try Configuration.CredentialSource.file(path).read() }
    }

    @Test func aCommandsOutputFollowsTheSameRules() throws {
        let good = Configuration.CredentialSource.command(["printf", "s3cret\\r\\n"])
        #expect(try good.read().withBytes { Array($0) } == Array("s3cret".utf8))
        let bad = Configuration.CredentialSource.command(["printf", "s3cret\\ns3cret"])
        let error = #expect(throws: CredentialError.self) { _ = try bad.read() }
        #expect(error?.reason.english == "the output of printf contains more than one line, or a NUL")
    }

    @Test func aCredentialIsAFileOfSystemds() async throws {
        try Data("s3cret\n".utf8).write(to: URL(filePath: "\(directory)/imap"))
        await #expect(processExitsWith: .success) { [directory = directory as String] in
            let source = Configuration.CredentialSource.credential("imap")
            unsetenv("CREDENTIALS_DIRECTORY")
            do {
                _ = try source.read()
                exit(1)
            } catch let error as CredentialError {
                guard error.reason.contains("LoadCredential=imap") else { exit(2) }
            }
            setenv("CREDENTIALS_DIRECTORY", directory, 1)
            guard try source.read().withBytes({ Array($0) }) == Array("s3cret".utf8) else { exit(3) }
        }
    }
}
