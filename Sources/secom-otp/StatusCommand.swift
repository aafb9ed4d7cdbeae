import ArgumentParser
import Handoff
import ProcessRuntime
import Varlink

/// `secom-otp status`
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show what is watched, and what became of each mail from the sender.")

    @OptionGroup var socket: SocketOption

    @Flag(help: "The reply as JSON.")
    var json = false

    @Flag(help: "Metrics, for node_exporter's textfile collector.")
    var openmetrics = false

    func validate() throws {
        if json, openmetrics { throw ValidationError("--json and --openmetrics exclude each other") }
    }

    func run() async throws {
        let status: JSON.Object
        do {
            status = try await DaemonCall(path: socket.socket, limit: .seconds(15)).run {
                client throws(HandoffClient.Failure) in
                try await client.status()
            }
        } catch {
            throw SocketOption.exit(error)
        }
        if json {
            writeAll(JSON.object(status).bytes + [UInt8(ascii: "\n")], to: 1)
        } else {
            writeAll(Array((openmetrics ? OpenMetrics.text(status) : StatusTable.text(status)).utf8), to: 1)
        }
    }
}
