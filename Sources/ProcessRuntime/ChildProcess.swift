import CLinux
import Glibc
import Messages

/// A child process. posix_spawn(3)
///
/// It begins as from a shell: no signal is blocked or ignored, whatever this process does, and of the descriptors it has the
/// standard streams alone. Not every library's are close-on-exec: SwiftNIO's connections are not, and a child that held them
/// would keep the other side from noticing a hang-up, and could read and write in our place.
public struct ChildProcess: Sendable {
    /// Its number. It is a child of this process until its end has been waited for.
    public let processID: pid_t

    /// What one of the standard streams is.
    public enum Stream: Sendable {
        /// That of this process.
        case inherited
        /// /dev/null
        case null
        /// A descriptor of this process, which stays open here.
        case descriptor(Int32)
    }

    /// Why it was not started: an errno, ENOENT where there is no such program.
    public struct NotStarted: Error, Equatable, Sendable, TextConvertible {
        /// See errno(3).
        public let number: Int32
        /// As strerror(3) has it.
        public var text: Text { Text(errno: number) }
    }

    /// How it ended.
    public enum Ending: Equatable, Sendable, TextConvertible {
        /// With this status, 0 to 255.
        case exited(Int32)
        /// By this signal.
        case killed(by: Int32)
        /// Nobody knows: somebody else has waited for it.
        case unknown

        /// After the program's name: `exited with status 1`.
        public var text: Text {
            switch self {
            case .exited(let status): Text("exited with status \(status)")
            case .killed(let signal): Text("was killed by signal \(signal)")
            case .unknown: Text("ended with an unknown status")
            }
        }
    }

    /// Starts it.
    ///
    /// - Parameters:
    ///   - words: the program, found by PATH as a shell does it, and its arguments.
    ///   - passing: descriptors of this process that it has too, as its 3, 4 and so on.
    ///   - environment: its variables; nil: those of this process.
    ///   - leadsGroup: whether it is the first of a process group of its own, so that it and its children can be killed together.
    public init(
        _ words: [String], input: Stream = .inherited, output: Stream = .inherited, errors: Stream = .inherited,
        passing: [Int32] = [], environment: [String: String]? = nil, leadsGroup: Bool = false
    ) throws(NotStarted) {
        guard let program = words.first else { throw NotStarted(number: ENOENT) }
        // Who ignores it, and that is inherited over exec, has no children to wait for. wait(2)
        signal(SIGCHLD, SIG_DFL)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (number, stream) in [(Int32(0), input), (1, output), (2, errors)] {
            switch stream {
            case .inherited: break
            case .null:
                posix_spawn_file_actions_addopen(&actions, number, "/dev/null", number == 0 ? O_RDONLY : O_WRONLY, 0)
            case .descriptor(let descriptor): posix_spawn_file_actions_adddup2(&actions, descriptor, number)
            }
        }
        // Out of the way first, so that none of them is overwritten by another.
        let aside = passing.map { linux_duplicate_above($0, Int32(3 + passing.count)) }
        defer { for descriptor in aside where descriptor >= 0 { close(descriptor) } }
        guard !aside.contains(where: { $0 < 0 }) else { throw NotStarted(number: errno) }
        for (number, descriptor) in aside.enumerated() {
            posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(3 + number))
        }
        linux_close_from(&actions, Int32(3 + passing.count))
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        let group = leadsGroup ? POSIX_SPAWN_SETPGROUP : 0
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | group))
        var arguments = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var variables = (environment ?? [:]).map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for variable in variables { free(variable) } }
        var child = pid_t()
        let result = variables.withUnsafeMutableBufferPointer { own in
            posix_spawnp(
                &child, program, &actions, &attributes, &arguments,
                environment == nil ? environ : own.baseAddress ?? environ)
        }
        guard result == 0 else { throw NotStarted(number: result) }
        processID = child
        // What this process has raised for itself is not for programs that close all they may have, or use select(2).
        if let count = DescriptorLimit.before { linux_limit_descriptors(child, count) }
    }

    /// Waits for its end. Blocks the thread. To be called once.
    public func wait() -> Ending {
        var status: Int32 = 0
        while waitpid(processID, &status, 0) < 0 {
            guard errno == EINTR else { return .unknown }
        }
        return Self.ending(status)
    }

    /// Where the process has no descriptor left for the child's end, it is looked for so often, in milliseconds.
    private static let lookInterval: Int32 = 100

    /// Waits for its end until then, and blocks the thread; nil when it continues.
    ///
    /// - Parameter stop: a descriptor that ends the wait when it is readable; -1 for none.
    public func wait(until deadline: ContinuousClock.Instant, orReadable stop: Int32 = -1) -> Ending? {
        let end = linux_pidfd_open(processID)
        defer { if end >= 0 { close(end) } }
        var status: Int32 = 0
        while true {
            let ended = waitpid(processID, &status, WNOHANG)
            if ended == processID { return Self.ending(status) }
            if ended < 0, errno != EINTR { return .unknown }
            let left = ContinuousClock.now.duration(to: deadline)
            guard left > .zero else { return nil }
            var descriptors = [end, stop].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            // Rounded up, so that it never wakes too early.
            let timeout = Int32(clamping: Int64(left / .milliseconds(1)) &+ 1)
            _ = poll(&descriptors, 2, end >= 0 ? timeout : min(timeout, Self.lookInterval))
            if descriptors[1].revents != 0 { return nil }
        }
    }

    /// WIFEXITED, WEXITSTATUS, WTERMSIG. wait(2)
    private static func ending(_ status: Int32) -> Ending {
        status & 0x7F == 0 ? .exited(status >> 8 & 0xFF) : .killed(by: status & 0x7F)
    }
}
