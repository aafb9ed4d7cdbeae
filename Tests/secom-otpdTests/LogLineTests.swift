import Glibc
import Logging
import Testing
import Trials

@testable import secom_otpd

/// One event as text, and as journald has it.
struct LogLineTests {
    private static let line = LogLine(
        .warning, "mailbox-interrupted", ["retry-in": "5s", "mailbox": "main", "error": "it \"hangs\"\nnow"])

    @Test func forPeople() {
        #expect(
            Self.line.text(toJournal: false)
                == "warning: mailbox-interrupted error=\"it \\\"hangs\\\"\u{FFFD}now\" mailbox=main retry-in=5s\n")
    }

    @Test(
        arguments: chosen([
            (Logger.Level.critical, 2), (.error, 3), (.warning, 4), (.notice, 5), (.info, 6), (.debug, 7), (.trace, 7),
        ]))
    func theJournalGetsAPriority(level: Logger.Level, priority: Int) throws {
        #expect(LogLine(level, "stopping", [:]).text(toJournal: true) == "<\(priority)>stopping\n")
        #expect(try Fields(LogLine(level, "stopping", [:]).record.bytes)["PRIORITY"] == "\(priority)")
    }

    @Test func asFields() throws {
        let fields = try Fields(Self.line.record.bytes)
        #expect(
            fields.all == [
                "MESSAGE": "mailbox-interrupted error=\"it \\\"hangs\\\"\u{FFFD}now\" mailbox=main retry-in=5s",
                "PRIORITY": "4", "SYSLOG_IDENTIFIER": "secom-otpd", "MESSAGE_ID": EventName.mailboxInterrupted.id,
                "SECOM_OTPD_ERROR": "it \"hangs\"\u{FFFD}now", "SECOM_OTPD_MAILBOX": "main",
                "SECOM_OTPD_RETRY_IN": "5s",
            ])
    }

    /// https://systemd.io/JOURNAL_NATIVE_PROTOCOL/: 64 bits, little-endian, and the end of the value counts nothing.
    @Test func theWireForm() {
        var record = JournalRecord()
        record.add("A", "b=c")
        record.add("TWO", "1\n2")
        record.add("NONE", "")
        record.add("WIDE", "\u{3042}")
        #expect(
            record.bytes == Array("A\n\u{3}\0\0\0\0\0\0\0b=c\nTWO\n\u{3}\0\0\0\0\0\0\u{0}1\n2\n".utf8)
                + Array("NONE\n\0\0\0\0\0\0\0\0\nWIDE\n\u{3}\0\0\0\0\0\0\0\u{3042}\n".utf8))
        record = JournalRecord()
        record.add("LONG", String(repeating: "x", count: 0x12345))
        #expect(record.bytes.dropFirst(5).prefix(8) == [0x45, 0x23, 0x01, 0, 0, 0, 0, 0])
    }

    @Test func whatJournaldTakes() throws {
        let (socket, receiver, path) = try bound()
        defer {
            close(receiver)
            unlink(path)
        }
        let record = Self.line.record.bytes
        #expect(socket.send(record))
        var buffer = [UInt8](repeating: 0, count: 65536)
        let count = recv(receiver, &buffer, buffer.count, 0)
        #expect(buffer.prefix(count) == record[...])
    }

    /// What no datagram holds goes as a sealed file.
    @Test func whatIsTooLarge() throws {
        let (socket, receiver, path) = try bound()
        defer {
            close(receiver)
            unlink(path)
        }
        var record = JournalRecord()
        record.add("MESSAGE", String(repeating: "\u{3042}", count: 1_000_000))
        #expect(socket.send(record.bytes))

        var control = [Int](repeating: 0, count: 8)
        let (length, file) = control.withUnsafeMutableBytes { control -> (Int, Int32) in
            var message = msghdr()
            message.msg_control = control.baseAddress
            message.msg_controllen = control.count
            let length = recvmsg(receiver, &message, 0)
            // cmsghdr on 64 bits: length, level, type, and then the data.
            return (length, control.load(fromByteOffset: 16, as: Int32.self))
        }
        #expect(length == 0)
        defer { close(file) }
        var status = stat()
        #expect(fstat(file, &status) == 0 && Int(status.st_size) == record.bytes.count)
        var start = [UInt8](repeating: 0, count: 4096)
        #expect(pread(file, &start, start.count, 0) == start.count)
        #expect(start[...] == record.bytes.prefix(4096))
        // Nobody can change it any more. fcntl(2)
        #expect(pwrite(file, &start, 1, 0) < 0)
        #expect(ftruncate(file, 0) < 0)
    }

    @Test func withoutAJournald() throws {
        let socket = try #require(JournalSocket(path: "/nonexistent/socket"))
        #expect(!socket.send(Self.line.record.bytes))
        #expect(JournalSocket(path: String(repeating: "x", count: 200)) == nil)
    }

    /// One that listens again under the same name is found.
    @Test func aJournaldThatRestarts() throws {
        let (socket, receiver, path) = try bound()
        close(receiver)
        #expect(!socket.send([1]))
        unlink(path)
        #expect(!socket.send([1]))
        let again = try receiving(at: path)
        defer {
            close(again)
            unlink(path)
        }
        #expect(socket.send([1]))
    }

    private func bound() throws -> (JournalSocket, Int32, String) {
        let path = "/tmp/secom-otpd-journal.\(UInt64.random(in: 0 ... .max))"
        return (try #require(JournalSocket(path: path)), try receiving(at: path), path)
    }

    private func receiving(at path: String) throws -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | O_CLOEXEC, 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(result == 0)
        return descriptor
    }
}

/// A record's fields, read as journald reads them.
private struct Fields {
    let all: [String: String]

    init(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        var fields: [String: String] = [:]
        while let end = rest.firstIndex(of: 10) {
            let name = String(decoding: rest[..<end], as: UTF8.self)
            rest = rest[(end + 1)...]
            let length = rest.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
            try #require(rest.count >= 8 + length + 1)
            rest = rest.dropFirst(8)
            try #require(fields[name] == nil, "\(name) once")
            fields[name] = String(decoding: rest.prefix(length), as: UTF8.self)
            rest = rest.dropFirst(length)
            try #require(rest.first == 10)
            rest = rest.dropFirst()
        }
        try #require(rest.isEmpty)
        all = fields
    }

    subscript(name: String) -> String? { all[name] }
}
