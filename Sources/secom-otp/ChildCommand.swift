import CLinux
import Glibc
import Handoff
import Ledger
import Messages
import ProcessRuntime

/// Runs the command that uses a password.
///
/// It gets the password on its standard input, never as an argument or in the environment. Signals to this program are passed on to
/// it; it is never killed of our own accord.
struct ChildCommand {
    let words: [String]

    /// Runs it to its end, and blocks the thread. Returns what became of the password, nil where nobody can tell, and the exit status
    /// for this program: that of the command.
    func run(input: [UInt8]) -> (Outcome?, Int32) {
        var pipe: [Int32] = [-1, -1]
        guard linux_pipe(&pipe) == 0 else { return notStarted(errno) }
        // Taken before the start, so that none is lost in between.
        linux_hold_signals()
        let child: ChildProcess
        do {
            defer { close(pipe[0]) }
            child = try ChildProcess(words, input: .descriptor(pipe[0]))
        } catch {
            close(pipe[1])
            return notStarted(error.number)
        }
        linux_forward_signals(child.processID)
        // A command that does not read its input is no failure.
        writeAll(input + [UInt8(ascii: "\n")], to: pipe[1])
        close(pipe[1])
        let ending = child.wait()
        linux_forward_signals(0)
        return switch ending {
        case .exited(0): (.used, 0)
        case .exited(75): (.unused, 75)
        case .exited(let status): (.rejected, status)
        // Whether it has sent the password by then nobody can tell.
        case .killed(let signal): (nil, 128 + signal)
        case .unknown: (nil, ExitStatus.unavailable.rawValue)
        }
    }

    private func notStarted(_ code: Int32) -> (Outcome?, Int32) {
        complain("\(words[0]): \(Text(errno: code))")
        // As a shell has it: 127 not found, 126 not to be run.
        return (.unused, code == ENOENT ? 127 : 126)
    }
}
