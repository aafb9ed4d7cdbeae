import ArgumentParser
import Handoff
import ProcessRuntime
import ConfigurationFile
import Usage
import Varlink

/// `secom-otpd run`
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: told("Run the daemon in the foreground."))

    @OptionGroup var config: ConfigurationOption

    func run() async throws {
        DescriptorLimit.raise()
        let journal = Journal()
        let notification = ServiceNotification()
        let configuration: Configuration
        do { configuration = try ConfigurationReader.read(config.file) } catch {
            // Its standard error is the log, which is English.
            complain(line: error.description)
            notification.status("Not started: the configuration is wrong: \(error.summary)")
            throw ExitCode(ExitStatus.configuration.rawValue)
        }
        let socket: ListeningSocket
        do { socket = try Self.socket(configuration) } catch {
            complain(line: "cannot listen: \(error)")
            throw ExitCode(ExitStatus.unavailable.rawValue)
        }
        let daemon = try await Daemon(configuration, socket, journal, notification, .shared) {
            [file = config.file] () throws(ConfigurationError) in
            try ConfigurationReader.read(file)
        }
        try await daemon.run()
    }

    /// The socket that systemd passed, or one of our own.
    private static func socket(_ configuration: Configuration) throws -> ListeningSocket {
        if let descriptor = try PassedSocket.take() { return try ListeningSocket(adopting: descriptor) }
        let settings = configuration.socket
        return try ListeningSocket(
            path: settings.path, mode: settings.mode, group: settings.group.flatMap(Access.groupNumber))
    }
}
