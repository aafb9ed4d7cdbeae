import Glibc
import IMAP
import Ledger
import Testing
import Trials

@testable import secom_otpd

/// What reaches the log. Each exit test is a process of its own, with an environment and a standard error of its own.
@Suite struct JournalLogHandlerTests {
    /// What a process wrote that logs one event of each level that there is.
    private func lines(journal: String?) async -> [Substring] {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
            [journal = journal as String?] in
            if let journal { setenv("JOURNAL_STREAM", journal, 1) } else { unsetenv("JOURNAL_STREAM") }
            let log = Journal()
            log.started(version: "1", mailboxes: 2, socket: "/run/s")
            log.interrupted("main", .cancelled, retryIn: .seconds(5))
            log.interrupted("main", .loginRefused(code: nil), retryIn: .seconds(5))
            log.ledger(.entered(PasswordID(mailbox: "main", uidValidity: 1, uid: 7), .used, reason: nil, detail: nil))
            log.stopping()
            log.flush()
        }
        return Self.own(result?.standardErrorContent ?? [])
    }

    /// The lines of the daemon, whatever the process says beside.
    private static func own(_ bytes: [UInt8]) -> [Substring] {
        String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    }

    /// systemd.exec(5): the variable outlives a standard error that was turned elsewhere.
    @Test func aVariableThatNamesAnotherStreamMeansNothing() async {
        let lines = await lines(journal: "8:4711")
        #expect(lines.first == "notice: started mailboxes=2 socket=/run/s version=1")
    }

    @Test func peopleGetTheLevelsName() async {
        let lines = await lines(journal: nil)
        let levels = lines.map { $0.prefix { $0 != ":" } }
        #expect(levels == ["notice", "warning", "error", "info", "notice"])
        #expect(lines.last == "notice: stopping")
    }

    @Test(
        arguments: chosen([
            ("plain/word-1", "plain/word-1"), ("", #""""#), ("two words", #""two words""#), ("a=b", #""a=b""#),
            (#"say "x""#, #""say \"x\"""#), (#"back\slash"#, #""back\\slash""#), ("ひみつ", #""ひみつ""#),
            // One character to Swift, two to whoever reads the line.
            ("\"\u{301}", "\"\\\"\u{301}\""),
        ]))
    func whatIsNoPlainWordIsQuoted(text: String, field: String) async {
        #expect(await version(text) == "notice: started mailboxes=0 socket=- version=\(field)")
    }

    /// Line ends of every kind, ESC and the other control characters, and all that turns the reading direction or hides.
    @Test(
        arguments: chosen([
            "\n", "\r", "\r\n", "\0", "\u{1B}", "\t", "\u{7F}", "\u{85}", "\u{9B}", "\u{2028}", "\u{2029}", "\u{61C}",
            "\u{200B}", "\u{200E}", "\u{200F}", "\u{202A}", "\u{202E}", "\u{2060}", "\u{2066}", "\u{2069}", "\u{FEFF}",
            "\u{E0041}",
        ]))
    func whatIsNotSeenIsReplaced(hidden: String) async {
        let replaced = String(repeating: "\u{FFFD}", count: hidden.unicodeScalars.count)
        #expect(
            await version("a\(hidden)<3>started")
                == "notice: started mailboxes=0 socket=- version=\"a\(replaced)<3>started\"")
    }

    /// The one line of an event with this field.
    private func version(_ text: String) async -> String? {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
            [text = text as String] in
            unsetenv("JOURNAL_STREAM")
            let log = Journal()
            log.started(version: text, mailboxes: 0, socket: "-")
            log.flush()
        }
        let lines = Self.own(result?.standardErrorContent ?? [])
        #expect(lines.count == 1, "one line an event")
        return lines.first.map(String.init)
    }
}
