import ArgumentParser
import FoundationEssentials
import Handoff
import IMAP
import Ledger
import Messages
import Recognition
import Usage

/// `secom-otpd check`
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: told("Check the configuration, then check every mailbox as the daemon would."),
        discussion: told(
            """
            For use before the daemon is started; to see what the running daemon finds, in its sandbox and with its \
            credentials, use 'secom-otp check'. Up to three mailboxes are shown in full; of more, each mailbox without \
            problems takes one line. Writes nothing to any mailbox.
            Exit status: 0 when every mailbox is usable, 65 for a mailbox that is not configured, 78 for a bad \
            configuration, 69 otherwise.
            """))

    @OptionGroup var config: ConfigurationOption

    @Flag(help: .told("Check only the configuration."))
    var offline = false

    @Option(
        name: .customLong("mailbox"),
        help: .told("Check only this mailbox; may be repeated.", valueName: "NAME"))
    var names: [String] = []

    @Flag(help: .told("Show only what needs attention."))
    var quiet = false

    func run() async throws {
        let configuration = try config.read()
        let mailboxes = try chosen(from: configuration.mailboxes)
        let form = quiet ? CheckForm.quiet : CheckForm(mailboxes: mailboxes.count)
        var report = CheckReport()
        let count = configuration.mailboxes.count
        report.good("configuration", "\(count) mailbox(es)")
        report.configuration(configuration)
        show(report.lines.filter { form != .quiet || $0.tellsSomething }.flatMap { $0.text(in: .current) })
        if offline { return }
        var summary = CheckSummary()
        await Looks.run(mailboxes) { mailbox in
            let probe = await Probe.look(
                MailboxSettings(mailbox, configuration), afterUse: AfterUse(mailbox.afterUse)
            ) { MailReading.read($0, configuration.rules) }
            return CheckedMailbox(.looked(probe), mailbox, configuration, now: Date())
        } tell: { _, checked in
            summary.add(checked)
            show(checked.text(form, isFirst: false, in: .current))
        }
        show(summary.text(form, in: .current))
        if summary.isBad { throw ExitCode(ExitStatus.unavailable.rawValue) }
    }

    /// Those that were named, in the configuration's order; all where none was.
    private func chosen(from mailboxes: [Configuration.Mailbox]) throws -> [Configuration.Mailbox] {
        guard !names.isEmpty else { return mailboxes }
        let unknown = names.filter { name in !mailboxes.contains { $0.name == name } }
        guard unknown.isEmpty else {
            let known = mailboxes.prefix(20).map { "\"\($0.name)\"" }.joined(separator: ", ")
            let all = mailboxes.count > 20 ? Text("\(known) and \(mailboxes.count - 20) more") : Text(verbatim: known)
            for name in unknown { complain("--mailbox: no mailbox \"\(name)\" is configured, only \(all)") }
            throw ExitCode(ExitStatus.badData.rawValue)
        }
        return mailboxes.filter { names.contains($0.name) }
    }

    private func show(_ lines: [String]) { CheckOutput.show(lines) }
}
