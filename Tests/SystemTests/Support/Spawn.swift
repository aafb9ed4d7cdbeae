import CLinux
import Glibc
import Synchronization

/// A program just started, and our ends of its standard streams.
struct Spawned {
    let pid: pid_t
    let input, output, errors: Int32
}

/// Starts a program in a process group of its own, with default signals and piped standard streams. posix_spawn(3)
func spawn(_ program: String, _ arguments: [String], environment: [String: String] = [:]) throws -> Spawned {
    let (input, output, errors) = (try makePipe(), try makePipe(), try makePipe())
    defer { [input.reading, output.writing, errors.writing].forEach { _ = close($0) } }
    do {
        let pid = try start(
            program, arguments, environment, standard: [input.reading, output.writing, errors.writing])
        return Spawned(pid: pid, input: input.writing, output: output.reading, errors: errors.reading)
    } catch {
        [input.writing, output.reading, errors.reading].forEach { _ = close($0) }
        throw error
    }
}

private func makePipe() throws -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw SystemCallFailure("pipe") }
    return (ends[0], ends[1])
}

private func start(
    _ program: String, _ arguments: [String], _ environment: [String: String], standard: [Int32]
) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (number, descriptor) in standard.enumerated() {
        posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
    }
    // Sockets and pipes of tests that run beside this one: a child that held their ends would keep them from ever closing.
    linux_close_from(&actions, 3)

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
        &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

    var pid: pid_t = 0
    let code = withStrings([program] + arguments) { argv in
        withStrings(inherited(environment)) { envp in
            posix_spawn(&pid, program, &actions, &attributes, argv, envp)
        }
    }
    guard code == 0 else { throw SystemCallFailure("cannot run \(program)", code) }
    return pid
}

/// The environment of the tests without what a service manager may have put there, plus what is given.
private func inherited(_ added: [String: String]) -> [String] {
    var names = ["NOTIFY_SOCKET", "LISTEN_FDS", "LISTEN_PID", "LISTEN_FDNAMES", "CREDENTIALS_DIRECTORY"]
    // What is said is English unless a test says otherwise, whoever runs it.
    names += ["LC_ALL", "LC_MESSAGES", "LANG"]
    names += added.keys
    var variables: [String] = []
    var next = environ
    while let variable = next.pointee {
        let text = String(cString: variable)
        if !names.contains(where: { text.hasPrefix("\($0)=") }) { variables.append(text) }
        next += 1
    }
    return variables + added.map { "\($0)=\($1)" }
}

private func withStrings<Result>(
    _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
    var pointers: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) }
    defer { pointers.forEach { free($0) } }
    pointers.append(nil)
    return pointers.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { preconditionFailure("the array ends with nil") }
        return body(base)
    }
}
