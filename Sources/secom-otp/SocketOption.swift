import ArgumentParser
import Handoff
import Messages
import ProcessRuntime
import Usage
import Varlink

/// Where the daemon listens.
struct SocketOption: ParsableArguments {
    @Option(help: .told("The daemon's socket.", valueName: "PATH"), completion: .file())
    var socket = HandoffClient.defaultPath

    /// Says why a call failed, and gives the exit status for it.
    ///
    /// - Parameter explanation: what to say; nil: what the failure says of itself.
    static func exit(_ failure: HandoffClient.Failure, _ explanation: Text? = nil) -> ExitCode {
        complain(explanation ?? failure.explanation)
        return ExitCode(failure.exitStatus.rawValue)
    }
}

/// Says something on standard error.
func complain(_ phrase: Phrase) { complain(Text(phrase)) }

func complain(_ text: Text) {
    writeAll(Array("secom-otp: \(text.said.harmless)\n".utf8), to: 2)
}
