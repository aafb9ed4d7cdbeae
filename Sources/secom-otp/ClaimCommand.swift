import ArgumentParser
import FoundationEssentials
import Handoff
import Ledger
import NIOPosix
import Varlink

/// `secom-otp claim`
struct ClaimCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "claim", abstract: "Claim one password.",
        discussion: """
            Without a command the password is printed and settled as used. With one, the command gets it as JSON on its \
            standard input, and its exit status settles it: 0 used, 75 unused, any other rejected. One that a signal \
            killed leaves it in doubt.
            Exit status without a command: 0, or 75 when no password came in time.
            """)

    @OptionGroup var socket: SocketOption

    @Option(help: ArgumentHelp("Only from this mailbox.", valueName: "NAME"))
    var mailbox: String?

    @Option(help: ArgumentHelp("Only sent to this address.", valueName: "ADDRESS"))
    var recipient: String?

    @Option(help: ArgumentHelp("Only issued after this time (RFC 3339, or now).", valueName: "TIME"))
    var issuedAfter: String?

    @Option(help: ArgumentHelp("Wait this long for one to arrive: 30s, 5m, at most 1h.", valueName: "DURATION"))
    var wait: String?

    @Flag(help: "Also passwords whose claimant vanished without settling them.")
    var includeInDoubt = false

    @Option(help: "How to print it.")
    var format = PasswordFormat.json

    @Argument(
        parsing: .postTerminator, help: ArgumentHelp("What to run with it.", valueName: "COMMAND"), completion: .file())
    var command: [String] = []

    func run() async throws {
        let (request, wait) = try request()
        let claim = Claim(path: socket.socket, request: request, wait: wait)
        let (client, password): (HandoffClient, JSON.Object)
        do { (client, password) = try await claim.run() } catch {
            let exit = SocketOption.exit(error)
            if case .handoff(.noPassword) = error, !includeInDoubt {
                await DoubtfulPasswords.tell(at: socket.socket, fitting: request)
            }
            throw exit
        }
        guard let id = password["id"]?.string else { throw SocketOption.exit(.breach("a password without an id")) }
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
                "how the command ended does not tell what became of \(id): it is in doubt; see: secom-otp settle --help"
            )
        }
        let settlement = Settlement(id: id, outcome: outcome, path: socket.socket)
        do { try await settlement.run(on: client) } catch {
            if case .handoff(.markFailed(let reason)) = error, status == 0 {
                return complain(
                    "warning: \(id) is \(outcome.rawValue), but its mail could not be marked yet: \(reason); the daemon goes on trying"
                )
            }
            let failure = SocketOption.exit(error)
            throw status == 0 ? failure : ExitCode(status)
        }
    }

    private func request() throws -> (HandoffClient.Request, Duration) {
        var request = HandoffClient.Request()
        request.mailbox = mailbox
        request.recipient = recipient
        request.includesInDoubt = includeInDoubt
        if let issuedAfter {
            guard let date = issuedAfter == "now" ? Date() : RFC3339.parse(issuedAfter) else {
                throw ValidationError(
                    "--issued-after: \"\(issuedAfter)\" is neither now nor a time such as 2026-11-23T09:30:00+09:00")
            }
            request.issuedAfter = RFC3339.format(date)
        }
        guard let wait else { return (request, .zero) }
        guard let duration = Duration(text: wait), duration <= .seconds(HandoffInterface.longestWait) else {
            throw ValidationError("--wait: \"\(wait)\" is no duration such as 500ms, 30s, 5m, or is longer than 1h")
        }
        return (request, duration)
    }
}
