import ArgumentParser
import FoundationEssentials
import Handoff
import Messages
import ProcessRuntime
import Usage
import Varlink

/// `secom-otp status`
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: told("Show the watched mailboxes and what became of each mail from the sender."),
        discussion: told(
            """
            Without --json, --openmetrics or --nagios the output is for people: problems come first, and times are local.

            Exit status: 0; 64 wrong usage, 65 no such mailbox, 69 the daemon cannot be reached or does not answer in \
            time, 77 not allowed. With --nagios 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN.
            """))

    @OptionGroup var socket: SocketOption

    @Flag(help: .told("Print the reply as JSON."))
    var json = false

    @Flag(help: .told("Print metrics for node_exporter's textfile collector."))
    var openmetrics = false

    @Flag(help: .told("Print one line with performance data for Nagios, Icinga and the like."))
    var nagios = false

    @Option(
        help: .told("Show only this mailbox. (default: all)", valueName: "NAME"),
        completion: MailboxNames.completion)
    var mailbox: String?

    @Flag(help: .told("Repeat every 2 seconds until Ctrl-C; on a terminal, redraw in place."))
    var watch = false

    /// A plugin's time, of which some callers leave it 10 seconds.
    private static let pluginLimit = Duration.seconds(9)
    private static let limit = Duration.seconds(15)

    func validate() throws {
        guard [json, openmetrics, nagios].count(where: \.self) < 2 else {
            throw refusal("--json, --openmetrics and --nagios cannot be combined")
        }
        if nagios, watch { throw refusal("--nagios and --watch cannot be combined") }
    }

    /// What programs read is English.
    private var language: Language { json || openmetrics || nagios ? .english : .current }

    private func refusal(_ phrase: Phrase) -> ValidationError {
        ValidationError(Text(phrase).rendered(in: nagios ? .english : .current))
    }

    func run() async throws {
        if watch {
            let watch = StatusWatch(
                look: { () async throws(HandoffClient.Failure) in try await look(within: Self.limit) },
                text: { text($0, on: $1) }, isForPeople: !json && !openmetrics)
            guard let failure = await watch.run() else { return }
            throw SocketOption.exit(failure)
        }
        do {
            let reply = try await look(within: nagios ? Self.pluginLimit : Self.limit)
            if nagios { try end(NagiosReport(DaemonStatus(reply), now: Date())) }
            writeAll(Array(text(reply, on: nil).utf8), to: 1)
        } catch let failure as HandoffClient.Failure {
            if nagios { try end(NagiosReport(failure)) }
            throw SocketOption.exit(failure)
        }
    }

    private func end(_ report: NagiosReport) throws {
        writeAll(Array("\(report.line)\n".utf8), to: 1)
        throw ExitCode(report.state.rawValue)
    }

    /// The daemon's reply, or what of it is of the mailbox that was asked for.
    private func look(within limit: Duration) async throws(HandoffClient.Failure) -> JSON.Object {
        let reply = try await DaemonCall(path: socket.socket, limit: limit, language: language).run {
            client throws(HandoffClient.Failure) in
            try await client.status()
        }
        guard let mailbox else { return reply }
        guard let part = DaemonStatus.only(mailbox, of: reply) else {
            throw .handoff(.unknownMailbox(mailbox))
        }
        return part
    }

    /// - Parameter screen: the terminal that it is to fill, no more than that.
    private func text(_ reply: JSON.Object, on screen: Terminal?) -> String {
        if json { return String(decoding: JSON.object(reply).bytes, as: UTF8.self) + "\n" }
        if openmetrics { return OpenMetrics.text(reply) }
        let report = StatusReport(
            status: DaemonStatus(reply), now: Date(), width: Terminal.output.columns,
            hasColours: Terminal.output.hasColours, language: language)
        // Where it may scroll, the last line is the one that is seen.
        guard let screen else { return (report.lines + [""] + report.styledSummary).joined(separator: "\n") + "\n" }
        return Self.cut(report.styledSummary + [""] + report.lines, to: screen.rows).joined(separator: "\n")
    }

    private static func cut(_ lines: [String], to rows: Int) -> [String] {
        guard lines.count > rows else { return lines }
        let shown = lines.prefix(max(rows - 1, 1))
        return shown + [Text("... \(lines.count - shown.count) more lines").said]
    }
}
