import ArgumentParser
import Handoff
import Usage

/// `secom-otp check`
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: told("Have the daemon look at its mailboxes, and say what is wrong."),
        discussion: told(
            """
            As 'secom-otpd check', but by the running daemon, in its sandbox and with its credentials. It looks at a \
            mailbox once a minute at the most, and tells its last answer in between; where it holds a login back, it tells \
            why. Of up to three mailboxes all is shown; of more, those that are well are one line each.
            Exit status: 0 when every mailbox could serve, else 69.
            """))

    @OptionGroup var socket: SocketOption

    @Option(help: .told("This mailbox alone.", valueName: "NAME"))
    var mailbox: String?

    func run() async throws {
        let mailbox = mailbox
        // What was told is not to be told again: a daemon that stops in between is told of, and not waited for.
        let call = DaemonCall(path: socket.socket, limit: .seconds(90), insistsUntil: .now)
        let isOK: Bool
        do {
            isOK = try await call.run { client throws(HandoffClient.Failure) in
                try await client.check(mailbox) { CheckOutput.show($0.lines) }
            }
        } catch {
            throw SocketOption.exit(error)
        }
        if !isOK { throw ExitCode(ExitStatus.unavailable.rawValue) }
    }
}
