import CLinux
import Glibc
import Handoff
import Ledger

/// Runs the command that uses a password.
///
/// It gets the password on its standard input, never as an argument or in the environment. Signals to this program go on to
/// it; it is never killed of our own accord.
struct ChildCommand {
    let words: [String]

    /// Runs it to its end. Returns what became of the password, and the exit status for this program: that of the command.
    func run(input: [UInt8]) -> (Outcome, Int32) {
        var pipe: [Int32] = [-1, -1]
        guard linux_pipe(&pipe) == 0 else { return notStarted(errno) }
        // Taken before the start, so that none is lost in between.
        linux_hold_signals()
        var child = pid_t()
        let result = spawn(&child, input: pipe[0])
        close(pipe[0])
        guard result == 0 else {
            close(pipe[1])
            return notStarted(result)
        }
        linux_forward_signals(child)
        // A command that does not read its input is no failure.
        _ = writeAll(input + [UInt8(ascii: "\n")], to: pipe[1])
        close(pipe[1])
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        linux_forward_signals(0)
        // WIFEXITED, WEXITSTATUS, WTERMSIG
        guard status & 0x7F == 0 else { return (.rejected, 128 + (status & 0x7F)) }
        switch status >> 8 & 0xFF {
        case 0: return (.used, 0)
        case 75: return (.unused, 75)
        case let code: return (.rejected, code)
        }
    }

    private func notStarted(_ code: Int32) -> (Outcome, Int32) {
        complain("\(words[0]): \(String(cString: strerror(code)))")
        // As a shell has it: 127 not found, 126 not to be run.
        return (.unused, code == ENOENT ? 127 : 126)
    }

    private func spawn(_ child: inout pid_t, input: Int32) -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, 0)
        // The connection to the daemon is not close-on-exec; whatever the command leaves running would hold on to the claim.
        linux_close_from(&actions, 3)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // What this program ignores or handles is the command's own affair.
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        var arguments = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        return posix_spawnp(&child, words[0], &actions, &attributes, &arguments, environ)
    }
}
