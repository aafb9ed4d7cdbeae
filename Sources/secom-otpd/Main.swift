import ArgumentParser
import CLinux
import Glibc
import Handoff
import ProcessRuntime

/// The daemon and its subcommands for operators.
@main
struct Main: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "secom-otpd",
        abstract:
            "Hands each one-time password that SECOM Passport for Web sends by mail to exactly one login worker.",
        discussion: """
            Exit status: 0; 1 explain: a mail was refused, 64 wrong usage, 66 a file could not be read, 69 a server cannot be reached or a mailbox is not \
            usable, 77 not allowed, 78 the configuration is wrong.
            """,
        version: version, subcommands: [RunCommand.self, CheckCommand.self, ExplainCommand.self])

    static func main() {
        // No secret in a core dump, none for a process of the same user to read.
        _ = linux_set_undumpable()
        var limit = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
        signal(SIGPIPE, SIG_IGN)
        umask(0o077)
        // Before there is any other thread.
        let signals = Signals.block()
        // The main thread is the signals': every task and actor runs on the event loop.
        Task(executorPreference: EventLoopExecutor.shared) {
            // As main(3) is given them: Swift's own list may be empty.
            await main(ProgramArguments.words)
            Glibc.exit(0)
        }
        signals.deliver()
    }

    /// Without a subcommand there is nothing to do: arguments that got lost must not look like a success.
    func run() async throws {
        let names = Self.configuration.subcommands.compactMap { $0.configuration.commandName }
        throw ValidationError("a subcommand is missing: \(names.joined(separator: ", "))")
    }
}

/// Where the configuration is.
struct ConfigurationOption: ParsableArguments {
    static let defaultPath = "/etc/secom-otpd/secom-otpd.toml"

    @Option(
        name: .customLong("config"),
        help: ArgumentHelp("The configuration file. (default: \(defaultPath))", valueName: "FILE"),
        completion: .file(extensions: ["toml"]))
    var path: String?

    var file: String { path ?? Self.defaultPath }

    /// The configuration, or the end of the program with all that is wrong with it.
    func read() throws -> Configuration {
        do { return try ConfigurationReader.read(file) } catch {
            complain(error.description)
            throw ExitCode(ExitStatus.configuration.rawValue)
        }
    }
}

/// Writes a message to standard error, even if that is full.
func complain(_ text: String) {
    LineOutlet.standardError.write(.init(Array("\(text)\n".utf8)))
}
