import CLinux
import Glibc
import IMAP
import Messages
import ProcessRuntime

/// Runs a password or token command: no shell, no input, its output read and its standard error discarded (it might contain the
/// secret). It gets 30 seconds, then it and its children are killed; at once if the credential is no longer needed.
///
/// One that fails can say why, in words that contain no secret: ``reasonMark`` and a line of ASCII on its standard output.
enum CredentialCommand {
    /// What a command that fails puts before its reason, as the first thing that it prints. No program that knows nothing of
    /// this one does so by chance.
    static let reasonMark = "secom-otpd-error: "
    /// So much of a reason is told, in characters.
    private static let reasonBound = 400

    /// Its output: at most `bound` bytes, given within `timeout`.
    static func run(
        _ words: [String], bound: Int, timeout: Duration = .seconds(30), halt: Halt = Halt()
    ) throws(CredentialError) -> [UInt8] {
        guard let program = words.first else { throw CredentialError("the command is empty") }
        var pipe: [Int32] = [-1, -1]
        guard linux_pipe(&pipe) == 0 else { throw CredentialError("\(program): \(Text(errno: errno))") }
        defer { close(pipe[0]) }
        let end = ContinuousClock.now + timeout
        let child: ChildProcess
        do {
            defer { close(pipe[1]) }
            child = try ChildProcess(
                words, input: .null, output: .descriptor(pipe[1]), errors: .null, leadsGroup: true)
        } catch {
            throw error.number == EACCES
                ? CredentialError("\(program): \(error)\(mayNotBeExecuted)") : CredentialError("\(program): \(error)")
        }
        let halted = halt.begin()
        defer { halt.end() }
        var output = [UInt8](repeating: 0, count: bound + 1)
        let count = collect(pipe[0], into: &output, until: end, halt, halted)
        // A command may close its output and continue.
        guard let count, let ending = child.wait(until: end, orReadable: halted) else {
            kill(-child.processID, SIGKILL)
            _ = child.wait()
            output.wipe()
            if halt.isHalted { throw CredentialError("\(program) was stopped, because its output is no longer needed") }
            throw CredentialError("\(program) printed more than \(bound) bytes, or did not finish within \(timeout)")
        }
        guard ending == .exited(0) else {
            let reason = reason(in: output.prefix(count))
            output.wipe()
            // The programs of the package say it in words that the catalogue has.
            if let reason { throw CredentialError("\(program): \(Text(ofLibrary: reason))") }
            // What a shell says of a program that it may not execute.
            throw ending == .exited(126)
                ? CredentialError("\(program) \(ending)\(mayNotBeExecuted)")
                : CredentialError("\(program) \(ending); run it by hand, as the daemon's user, to see why")
        }
        output.removeLast(output.count - count)
        return output
    }

    /// The unit forbids every program but the daemon. systemd.exec(5)
    private static let mayNotBeExecuted = Text(
        "; the unit's ExecPaths= must name the program, and a script's interpreter too (ExecPaths=+/usr/bin/...)")

    /// What it says of its failure: printable ASCII, one line; nil where it is not said so.
    private static func reason(in output: ArraySlice<UInt8>) -> String? {
        guard output.starts(with: reasonMark.utf8) else { return nil }
        let line = output.dropFirst(reasonMark.utf8.count).prefix { $0 != UInt8(ascii: "\n") }
        guard !line.isEmpty, line.allSatisfy({ 0x20...0x7E ~= $0 }) else { return nil }
        return String(decoding: line.prefix(reasonBound), as: UTF8.self)
    }

    /// Reads to the end; nil when the bound, the deadline or the halt comes first.
    private static func collect(
        _ descriptor: Int32, into output: inout [UInt8], until end: ContinuousClock.Instant, _ halt: Halt,
        _ halted: Int32
    ) -> Int? {
        var count = 0
        while true {
            var pollers = [descriptor, halted].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            let left = ContinuousClock.now.duration(to: end)
            guard left > .zero else { return nil }
            // Rounded up, so that it never wakes too early.
            let timeout = Int32(clamping: Int64(left / .milliseconds(1)) &+ 1)
            let ready = poll(&pollers, 2, halted >= 0 ? timeout : min(timeout, 1000))
            if halt.isHalted { return nil }
            if ready == 0 || ready < 0 && errno == EINTR { continue }
            guard ready > 0 else { return nil }
            let got = output.withUnsafeMutableBytes {
                read(descriptor, $0.baseAddress?.advanced(by: count), $0.count - count)
            }
            if got < 0, errno == EINTR { continue }
            guard got > 0 else { return got == 0 ? count : nil }
            count += got
            guard count < output.count else { return nil }
        }
    }
}
