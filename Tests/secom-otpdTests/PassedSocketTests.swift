import Glibc
import Testing
import Trials

@testable import secom_otpd

/// Socket activation. sd_listen_fds(3). Each exit test is a process of its own, so that this one keeps its environment.
@Suite struct PassedSocketTests {
    @Test func theOnePassedIsTaken() async {
        await #expect(processExitsWith: .success) {
            setenv("LISTEN_PID", "\(getpid())", 1)
            setenv("LISTEN_FDS", "1", 1)
            setenv("LISTEN_FDNAMES", "secom-otpd.socket", 1)
            if fcntl(3, F_GETFD) < 0 { dup2(0, 3) }
            _ = fcntl(3, F_SETFD, 0)
            guard try PassedSocket.take() == 3 else { exit(1) }
            // Nothing of it for children: neither the descriptor nor what would tell them of it.
            guard fcntl(3, F_GETFD) & FD_CLOEXEC != 0 else { exit(2) }
            for name in ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"] where getenv(name) != nil { exit(3) }
            guard try PassedSocket.take() == nil else { exit(4) }
        }
    }

    @Test func moreThanOneIsAnError() async {
        await #expect(processExitsWith: .success) {
            setenv("LISTEN_PID", "\(getpid())", 1)
            setenv("LISTEN_FDS", "2", 1)
            do {
                _ = try PassedSocket.take()
                exit(1)
            } catch let error as PassedSocket.Ambiguous {
                guard error.count == 2, error.description.contains("2 sockets") else { exit(2) }
            }
            if getenv("LISTEN_FDS") != nil { exit(3) }
        }
    }

    /// Meant for this very process, or for nobody here: 1 is the process that a service manager has.
    @Test(arguments: chosen([(nil, "1"), ("1", "1"), ("", "1"), ("x", "1"), ("-1", "1")]))
    func whatIsMeantForAnotherIsLeft(pid: String?, count: String) async {
        await #expect(processExitsWith: .success) { [pid = pid as String?, count = count as String] in
            if let pid { setenv("LISTEN_PID", pid, 1) } else { unsetenv("LISTEN_PID") }
            setenv("LISTEN_FDS", count, 1)
            guard try PassedSocket.take() == nil else { exit(1) }
            if getenv("LISTEN_FDS") != nil { exit(2) }
        }
    }

    @Test(arguments: chosen([nil, "0", "-1", "", "one", "1x", "99999999999999999999"]))
    func noCountIsNoSocket(count: String?) async {
        await #expect(processExitsWith: .success) { [count = count as String?] in
            setenv("LISTEN_PID", "\(getpid())", 1)
            if let count { setenv("LISTEN_FDS", count, 1) } else { unsetenv("LISTEN_FDS") }
            guard try PassedSocket.take() == nil else { exit(1) }
        }
    }
}
