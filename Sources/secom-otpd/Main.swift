import ArgumentParser
import CLinux
import Glibc
import Handoff
import ProcessRuntime

/// The daemon, and what an operator asks of it.
@main
struct Main: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "secom-otpd",
        abstract:
            "Hands the one-time passwords of SECOM Passport for Web, as they arrive by mail, each to one login worker.",
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
            await main(nil)
            Glibc.exit(0)
        }
        signals.deliver()
    }
}

/// Where the configuration is.
struct ConfigurationOption: ParsableArguments {
    static let defaultPath = "/etc/secom-otpd/secom-otpd.toml"

    @Option(
        name: .customLong("config"), help: ArgumentHelp("The configuration file.", valueName: "FILE"),
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

/// Says something on standard error, full or not.
func complain(_ text: String) {
    LineOutlet.standardError.write(.init(Array("\(text)\n".utf8)))
}
