import ArgumentParser
import CLinux
import Glibc
import Handoff
import ProcessRuntime

/// The client of the daemon's socket, for login workers and people.
@main
struct Main: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "secom-otp", abstract: "Claims one-time passwords from secom-otpd, and shows what it watches.",
        version: version, subcommands: [ClaimCommand.self, SettleCommand.self, StatusCommand.self, CheckCommand.self])

    static func main() {
        // A password passes through: no core dump, no ptrace by a process of the same user.
        _ = linux_set_undumpable()
        signal(SIGPIPE, SIG_IGN)
        Task(executorPreference: EventLoopExecutor.shared) {
            await main(nil)
            Glibc.exit(0)
        }
        // All is done on the event loop.
        while true { pause() }
    }
}
