import CLinux
import Glibc
import IMAP

/// Runs a password or token command: no shell, no input, its output taken and its errors thrown away (they might hold the
/// secret). It gets 30 seconds, then it and its children are killed.
enum CredentialCommand {
    /// Its output: at most `bound` bytes, given within `timeout`.
    static func run(
        _ words: [String], bound: Int, timeout: Duration = .seconds(30)
    ) throws(CredentialError) -> [UInt8] {
        guard let program = words.first else { throw CredentialError("the command is empty") }
        var pipe: [Int32] = [-1, -1]
        guard linux_pipe(&pipe) == 0 else { throw CredentialError("\(program): \(String(cString: strerror(errno)))") }
        defer { close(pipe[0]) }
        let end = ContinuousClock.now + timeout
        let child: pid_t
        do {
            defer { close(pipe[1]) }
            child = try spawn(words, output: pipe[1])
        }
        var output = [UInt8](repeating: 0, count: bound + 1)
        let count = collect(pipe[0], into: &output, until: end)
        let status = count == nil ? nil : exitStatus(of: child, until: end)
        guard let count, let status else {
            kill(-child, SIGKILL)
            var status: Int32 = 0
            while waitpid(child, &status, 0) < 0, errno == EINTR {}
            output.wipe()
            throw CredentialError("\(program) gave more than \(bound) bytes, or was not done in \(timeout)")
        }
        guard status == 0 else {
            output.wipe()
            // WIFEXITED, WEXITSTATUS, WTERMSIG
            let how =
                status & 0x7F == 0
                ? "exited with status \(status >> 8 & 0xFF)" : "was killed by signal \(status & 0x7F)"
            throw CredentialError("\(program) \(how); run it by hand, as the daemon's user, to see why")
        }
        output.removeLast(output.count - count)
        return output
    }

    private static func spawn(_ words: [String], output: Int32) throws(CredentialError) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        // Not every library's descriptors are close-on-exec: SwiftNIO's connections are not. A command that held them would
        // keep clients from seeing that they were hung up on, and could read and write in their stead.
        linux_close_from(&actions, 3)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))
        var arguments = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var child = pid_t()
        let result = posix_spawnp(&child, words[0], &actions, &attributes, &arguments, environ)
        guard result == 0 else { throw CredentialError("\(words[0]): \(String(cString: strerror(result)))") }
        return child
    }

    /// Reads to the end; nil when the bound or the deadline comes first.
    private static func collect(
        _ descriptor: Int32, into output: inout [UInt8], until end: ContinuousClock.Instant
    ) -> Int? {
        var count = 0
        while true {
            var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let left = ContinuousClock.now.duration(to: end)
            guard left > .zero else { return nil }
            // Rounded up, so that it never wakes too early.
            let ready = poll(&poller, 1, Int32(clamping: Int64(left / .milliseconds(1)) &+ 1))
            if ready < 0, errno == EINTR { continue }
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

    /// As wait(2) has it; nil when the deadline comes first. A command may close its output and go on.
    private static func exitStatus(of child: pid_t, until end: ContinuousClock.Instant) -> Int32? {
        var status: Int32 = 0
        while true {
            let ended = waitpid(child, &status, WNOHANG)
            if ended == child { return status }
            if ended < 0, errno != EINTR { return nil }
            guard ContinuousClock.now < end else { return nil }
            // On the mailbox's own thread, for the moment between the end of the output and that of the command: there is no wait
            // with a deadline.
            usleep(2000)
        }
    }
}
