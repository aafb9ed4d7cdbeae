import ArgumentParser
import CLinux
import Glibc
import Handoff
import Messages
import ProcessRuntime
import Usage

/// The daemon and its subcommands for operators.
@main
struct Main: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "secom-otpd",
        abstract: told(
            "Hands each one-time password that SECOM Passport for Web sends by mail to exactly one login worker."),
        discussion: told(
            """
            Exit status: 0; 1 explain: a mail was refused, 64 wrong usage, 66 a file could not be read, 69 a server cannot be reached or a mailbox is not \
            usable, 77 not allowed, 78 the configuration is wrong.
            """),
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
            await perform(ProgramArguments.words)
            Glibc.exit(0)
        }
        signals.deliver()
    }

    private static func perform(_ arguments: [String]) async {
        do {
            var command = try await asyncParseAsRoot(arguments)
            if var command = command as? any AsyncParsableCommand { try await command.run() } else { try command.run() }
        } catch {
            var (columns, rows) = (Int32(0), Int32(0))
            let isTerminal = linux_terminal_size(1, &columns, &rows)
            let ending = UsageText.ending(self, error, arguments, columns: isTerminal ? Int(columns) : nil)
            let advice =
                exitCode(for: error) == .validationFailure
                ? ArgumentAdvice.text(self, arguments) ?? fileAdvice(arguments) : nil
            guard ending != nil || advice != nil else { exit(withError: error) }
            let status = ending?.status ?? ExitStatus.usage.rawValue
            writeAll(Array("\(ending?.text ?? fullMessage(for: error))\n".utf8), to: status == 0 ? 1 : 2)
            if let advice { complain(line: advice.said) }
            Glibc.exit(status)
        }
    }

    /// Of a configuration that follows a subcommand as if it were its argument.
    private static func fileAdvice(_ arguments: [String]) -> Text? {
        guard let place = arguments.firstIndex(where: { $0.hasSuffix(".toml") }), place > 0 else { return nil }
        guard !arguments[place - 1].hasPrefix("-"), !arguments[place].hasPrefix("-") else { return nil }
        return Text("the configuration is given with --config: secom-otpd \(arguments[0]) --config \(arguments[place])")
    }

    /// Without a subcommand there is nothing to do: arguments that got lost must not look like a success.
    func run() async throws {
        let names = Self.configuration.subcommands.compactMap { $0.configuration.commandName }
        throw ValidationError.told("a subcommand is missing: \(names.joined(separator: ", "))")
    }
}

/// Where the configuration is.
struct ConfigurationOption: ParsableArguments {
    static let defaultPath = "/etc/secom-otpd/secom-otpd.toml"

    @Option(
        name: .customLong("config"),
        help: .told("The configuration file. (default: \(defaultPath))", valueName: "FILE"),
        completion: .file(extensions: ["toml"]))
    var path: String?

    var file: String { path ?? Self.defaultPath }

    /// The configuration, or the end of the program with all that is wrong with it.
    func read() throws -> Configuration {
        do { return try ConfigurationReader.read(file) } catch {
            for line in error.lines(in: .current) { complain(line: line) }
            throw ExitCode(ExitStatus.configuration.rawValue)
        }
    }
}

/// Writes a message to standard error, even if that is full, in the language of whoever runs this.
func complain(_ phrase: Phrase) { complain(line: Text(phrase).said) }

/// A line as it is.
func complain(line: String) { LineOutlet.standardError.write(.init(Array("\(line)\n".utf8))) }
