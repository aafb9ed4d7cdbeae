import ArgumentParser
import Handoff
import Ledger
import Usage

/// `secom-otp settle`
struct SettleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settle", abstract: told("Report what became of a claimed password."),
        discussion: told(
            """
            Exit status: 0; 64 wrong usage, 65 the password with that ID is neither claimed nor in doubt, 69 the daemon cannot be reached or \
            does not answer in time, or the mail could not be marked yet, 77 not allowed.
            """))

    @OptionGroup var socket: SocketOption

    @Argument(help: .told("The ID that claim or status printed.", valueName: "ID"))
    var id: String

    @Argument(help: .told("used, rejected (by the login page) or unused (the password becomes available again)."))
    var outcome: Outcome

    func run() async throws {
        let settlement = Settlement(id: id, outcome: outcome, path: socket.socket)
        do { try await settlement.run() } catch {
            throw SocketOption.exit(error, settlement.explanation(of: error))
        }
    }
}

extension Outcome: ExpressibleByArgument {}
