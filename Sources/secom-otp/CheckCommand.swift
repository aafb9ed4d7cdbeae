import ArgumentParser
import Handoff
import Usage

/// `secom-otp check`
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: told("Have the daemon check its mailboxes and say what is wrong."),
        discussion: told(
            """
            Like 'secom-otpd check', but done by the running daemon, in its sandbox and with its credentials. It checks a \
            mailbox at most once a minute and repeats its last result in between; while it holds back a login, it says \
            why. Up to three mailboxes are shown in full; of more, each mailbox without problems takes one line.
            Exit status: 0 when every mailbox is usable, 65 no such mailbox, 77 not allowed, 69 otherwise.
            """))

    @OptionGroup var socket: SocketOption

    @Option(help: .told("Check only this mailbox.", valueName: "NAME"))
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
