import FoundationEssentials
import IMAP
import Messages
import Testing
import Trials

@testable import secom_otpd

/// How much a check tells of how many mailboxes.
@Suite struct CheckFormTests {
    @Test func ofFewAllIsToldOfMoreALine() {
        #expect(CheckForm(mailboxes: 1) == .whole)
        #expect(CheckForm(mailboxes: 3) == .whole)
        #expect(CheckForm(mailboxes: 4) == .brief)
    }

    private func checked(_ name: String, _ weight: CheckReport.Weight?) throws -> CheckedMailbox {
        var configuration = try Sample.configuration(mailboxes: 1)
        configuration.mailboxes[0].name = name
        var checked = CheckedMailbox(.noTime, configuration.mailboxes[0], configuration, now: Date())
        checked.report = CheckReport()
        checked.report.good("login", Text(verbatim: "accepted"))
        checked.report.fact("arrival", "polled")
        if weight == .note { checked.report.note("mail", "refused") }
        if weight == .bad { checked.report.bad("error", Text(verbatim: "no"), advice: "do") }
        return checked
    }

    @Test func eachForm() throws {
        let (good, note, bad) = (try checked("g", nil), try checked("n", .note), try checked("b", .bad))
        #expect(good.text(.whole, isFirst: true, in: .english).count == 3)
        #expect(good.text(.whole, isFirst: false, in: .english).count == 4)
        #expect(good.text(.brief, isFirst: true, in: .english).map { $0.prefix(18) } == ["  ok   mailbox g: "])
        #expect(note.text(.brief, isFirst: true, in: .english) == [note.heading.english, "  note mail: refused"])
        #expect(
            bad.text(.brief, isFirst: true, in: .english) == [bad.heading.english, "  BAD  error: no", "       → do"])
        #expect(good.text(.quiet, isFirst: true, in: .english).isEmpty)
        #expect(bad.text(.quiet, isFirst: true, in: .english) == bad.text(.brief, isFirst: true, in: .english))
    }

    @Test func theSummary() throws {
        var summary = CheckSummary()
        summary.add(try checked("a", nil))
        #expect(summary.text(.quiet, in: .english).isEmpty && !summary.isBad)
        #expect(summary.text(.brief, in: .english) == ["  ok   summary: 1 of 1 mailbox(es) usable"])
        summary.add(try checked("b", .note))
        #expect(summary.text(.quiet, in: .english) == ["  ok   summary: 2 of 2 mailbox(es) usable; worth checking: b"])
        for number in 0..<12 { summary.add(try checked("c\(number)", .bad)) }
        #expect(summary.isBad)
        let text = summary.text(.brief, in: .english)
        #expect(text.count == 1 && text[0].hasPrefix("  BAD  summary: 12 of 14 mailbox(es) not usable: c0, c1, "))
        #expect(text[0].contains("c9, +2; worth checking: b"))
    }

    @Test func aPasswordFileThatEverybodyMayReadIsNoted() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "secom-otpd.\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: file) }
        var configuration = try Sample.configuration(mailboxes: 1)
        configuration.mailboxes[0].login = .password(.file(file))
        func said(_ mode: Int) throws -> [String] {
            #expect(FileManager.default.createFile(atPath: file, contents: Data()))
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
            var report = CheckReport()
            report.configuration(configuration)
            return report.text(in: .english)
        }
        let name = configuration.mailboxes[0].name
        #expect(try said(0o640).isEmpty)
        #expect(
            try said(0o644) == [
                "  note password: mailbox \"\(name)\": \(file) may be read by every user of this machine (mode 0644)",
                "       → Run: chown root:secom-otpd \(file) && chmod 640 \(file)",
            ])
    }
}

enum Sample {
    /// A configuration that is never run by.
    static func configuration(mailboxes count: Int) throws -> Configuration {
        var configuration = Configuration()
        configuration.mailboxes = (0..<count).map { number in
            Configuration.Mailbox(
                name: "m\(number)", endpoint: Endpoint(host: "imap.example.co.jp", port: 993, protection: .implicit),
                user: "user", login: .password(.file("/nonexistent")))
        }
        return configuration
    }
}
