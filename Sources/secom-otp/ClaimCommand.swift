import ArgumentParser
import FoundationEssentials
import Handoff
import Ledger
import Messages
import NIOPosix
import Usage
import Varlink

/// `secom-otp claim`
struct ClaimCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "claim", abstract: told("Claim one password."),
        discussion: told(
            """
            Without a command the password is printed and settled as used. With one, the command gets it as JSON on its \
            standard input, and its exit status settles it: 0 used, 75 unused, any other rejected. If a signal kills the \
            command, the password is in doubt.

            Exit status: that of the command; 128 plus the signal's number if a signal killed it, 127 if it was not found, \
            126 if it could not be executed. Otherwise 0, or: 64 wrong usage, 65 no such mailbox, 66 the password could \
            not be printed, 69 the daemon cannot be reached or does not answer in time, or the claim could not be marked, \
            75 no password, 77 not allowed.
            """))

    @OptionGroup var socket: SocketOption

    @Option(
        help: .told("Only from this mailbox. (default: from any)", valueName: "NAME"),
        completion: MailboxNames.completion)
    var mailbox: String?

    @Option(help: .told("Only sent to this address. (default: to any)", valueName: "ADDRESS"))
    var recipient: String?

    @Option(
        help: .told(
            "Only issued after this time (RFC 3339, or now). (default: at any time)", valueName: "TIME"),
        transform: Self.time)
    var issuedAfter: String?

    @Option(
        help: .told(
            "Wait this long for one to arrive: 30s, 5m, at most 1h. (default: do not wait)", valueName: "DURATION"),
        transform: Self.wait)
    var wait: Duration?

    @Flag(help: .told("Include passwords whose claimant disappeared without settling them."))
    var includeInDoubt = false

    @Option(help: .told("The output format."))
    var format = PasswordFormat.json

    @Argument(
        parsing: .postTerminator, help: .told("The command to run with the password.", valueName: "COMMAND"),
        completion: .file())
    var command: [String] = []

    func run() async throws {
        let claim = Claim(path: socket.socket, request: request, wait: wait ?? .zero)
        let display = WaitingDisplay(path: claim.path, request: request, end: claim.end, terminal: .errors)
        let (client, password): (HandoffClient, JSON.Object)
        do { (client, password) = try await claimed(claim, display) } catch {
            throw await refused(claim, error, display)
        }
        guard let id = password["id"]?.string else {
            throw SocketOption.exit(.client(.breach(Text("a password without an id"))))
        }
        let outcome: Outcome?
        let status: Int32
        if command.isEmpty {
            // What nobody could read was not used.
            let isPrinted = format.write(password, to: 1)
            (outcome, status) = isPrinted ? (.used, 0) : (.unused, ExitStatus.noInput.rawValue)
        } else {
            // The event loop is not to be blocked: it sees whether the daemon hangs up.
            let thread = NIOThreadPool(numberOfThreads: 1)
            thread.start()
            (outcome, status) = try await thread.runIfActive { [command] in
                ChildCommand(words: command).run(input: JSON.object(password).bytes)
            }
        }
        try await settle(id, outcome, status, client)
        if status != 0 { throw ExitCode(status) }
    }

    /// The exit status stays that of the command; only where that is 0 and nobody could be told, it is another.
    private func settle(_ id: String, _ outcome: Outcome?, _ status: Int32, _ client: HandoffClient) async throws {
        guard let outcome else {
            // The end of the connection, and so of this process, leaves it in doubt.
            return complain(
                "the way the command ended does not show what became of \(id): it is in doubt; see: secom-otp settle --help"
            )
        }
        let settlement = Settlement(id: id, outcome: outcome, path: socket.socket)
        do { try await settlement.run(on: client) } catch {
            if let owing = settlement.owing(error), status == 0 { return complain("warning: \(owing)") }
            let failure = SocketOption.exit(error, settlement.explanation(of: error))
            throw status == 0 ? failure : ExitCode(status)
        }
    }

    /// What the claim gets, with something to look at meanwhile.
    private func claimed(
        _ claim: Claim, _ display: WaitingDisplay
    ) async throws(HandoffClient.Failure) -> (HandoffClient, JSON.Object) {
        guard claim.wait > .zero else { return try await claim.run() }
        // Ended, and wiped, when this returns.
        async let _: Void = display.run()
        return try await claim.run()
    }

    /// Says why there is no password: what happened, and, where this user may ask, what Status knows of why.
    private func refused(
        _ claim: Claim, _ failure: HandoffClient.Failure, _ display: WaitingDisplay
    ) async -> ExitCode {
        guard case .handoff(.noPassword) = failure else { return SocketOption.exit(failure) }
        complain(
            claim.wait > .zero
                ? Text("no matching password arrived in \(ClaimOutlook.text(claim.wait))") : failure.explanation)
        if let status = try? await ClaimOutlook.status(at: claim.path, within: claim.timeToExplain) {
            for reason in ClaimOutlook(claim.request, status).reasons(now: Date()) { complain(reason) }
        }
        return ExitCode(failure.exitStatus.rawValue)
    }

    private var request: HandoffClient.Request {
        var request = HandoffClient.Request()
        request.mailbox = mailbox
        request.recipient = recipient
        request.issuedAfter = issuedAfter
        request.includesInDoubt = includeInDoubt
        return request
    }

    /// The time in the form in which the interface has it.
    @Sendable private static func time(_ text: String) throws -> String {
        guard let date = text == "now" ? Date() : RFC3339.parse(text) else {
            throw ValidationError.told("it must be now or a time such as 2026-11-23T09:30:00+09:00")
        }
        return RFC3339.format(date)
    }

    @Sendable private static func wait(_ text: String) throws -> Duration {
        guard let duration = Duration(text: text), duration <= .seconds(HandoffInterface.longestWait) else {
            throw ValidationError.told("it must be a duration such as 500ms, 30s or 5m, at most 1h")
        }
        return duration
    }
}
