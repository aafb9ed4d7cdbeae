import ArgumentParser
import CLinux
import Glibc
import Handoff
import ProcessRuntime
import Usage

/// The client of the daemon's socket, for login workers and people.
@main
struct Main: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "secom-otp",
        abstract: told("Claims one-time passwords from secom-otpd, and shows what it watches."),
        version: version, subcommands: [ClaimCommand.self, SettleCommand.self, StatusCommand.self, CheckCommand.self])

    static func main() {
        // A password passes through: no core dump, no ptrace by a process of the same user.
        _ = linux_set_undumpable()
        signal(SIGPIPE, SIG_IGN)
        Task(executorPreference: EventLoopExecutor.shared) {
            await perform(ProgramArguments.words)
            Glibc.exit(0)
        }
        // All is done on the event loop.
        while true { pause() }
    }

    private static func perform(_ arguments: [String]) async {
        do {
            var command = try await asyncParseAsRoot(arguments)
            if var command = command as? any AsyncParsableCommand { try await command.run() } else { try command.run() }
        } catch {
            let ending = UsageText.ending(self, error, arguments, columns: Terminal.output.columns)
            guard exitCode(for: error) == .validationFailure else {
                guard let ending else { exit(withError: error) }
                writeAll(Array("\(ending.text)\n".utf8), to: 1)
                Glibc.exit(ending.status)
            }
            await refuse(arguments, error, ending?.text ?? fullMessage(for: error))
        }
    }

    /// Says what is wrong with the arguments, and ends as the caller expects it.
    private static func refuse(_ arguments: [String], _ error: any Error, _ text: String) async -> Never {
        if arguments.first == "status", arguments.contains("--nagios") {
            let report = NagiosReport(.unknown, message(for: error))
            writeAll(Array("\(report.line)\n".utf8), to: 1)
            Glibc.exit(report.state.rawValue)
        }
        // Empty where the command has told it already.
        if !text.isEmpty { writeAll(Array("\(text)\n".utf8), to: 2) }
        if let advice = ArgumentAdvice.text(self, arguments) {
            complain(advice)
        } else if let suggestion = await CommandSuggestion.text(arguments) {
            complain(suggestion)
        }
        Glibc.exit(ExitStatus.usage.rawValue)
    }

    /// Without a subcommand there is nothing to do: arguments that got lost must not look like a success.
    func run() async throws {
        let names = Self.configuration.subcommands.compactMap { $0.configuration.commandName }
        throw ValidationError.told("a subcommand is missing: \(names.joined(separator: ", "))")
    }
}
