import CLinux
import FoundationEssentials
import Glibc
import ProcessRuntime

/// A process between this program and the browser, which outlives both: when this program ends, in whatever way, the keeper kills the
/// browser with all its children and removes its profile.
///
/// It is this program again, with a special first argument. Its standard input is a pipe whose other end only this program holds;
/// descriptors 3 and 4 are the browser's.
enum BrowserKeeper {
    static let word = "keep-browser"

    /// The command line that starts one.
    static func words(profile: String, browser: [String]) -> [String] { ["/proc/self/exe", word, profile] + browser }

    /// Runs a keeper and exits, if these are the arguments of one; returns otherwise.
    static func runIfMeant(_ arguments: [String]) {
        guard arguments.count > 3, arguments[1] == word else { return }
        Glibc.exit(run(profile: arguments[2], browser: Array(arguments.dropFirst(3))))
    }

    private static func run(profile: String, browser: [String]) -> Int32 {
        // The keeper ends when the program does, and not before.
        for number in [SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGPIPE] { signal(number, SIG_IGN) }
        let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
        // The browser's children, too, so that they can be waited for.
        linux_adopt_orphans()
        let ending: ChildProcess.Ending
        do {
            let child = try ChildProcess(
                browser, input: .null, output: .null, passing: [3, 4],
                environment: BrowserArguments.environment(profile: profile, path: path), leadsGroup: true)
            // Otherwise neither side would notice that the other has gone.
            close(3)
            close(4)
            let forever = ContinuousClock.now + .seconds(7 * 86_400)
            let ended = child.wait(until: forever, orReadable: 0)
            kill(-child.processID, SIGKILL)
            ending = ended ?? child.wait()
            waitForOrphans()
        } catch {
            writeAll(Array("\(browser[0]): \(error)\n".utf8), to: 2)
            remove(profile)
            return 127
        }
        remove(profile)
        if case .exited(let status) = ending { return status }
        return 1
    }

    /// Until no process of the browser is left, or for two seconds: one that has left the browser's group was not killed, and whoever
    /// waits for the program is not to wait for that one.
    private static func waitForOrphans() {
        for _ in 0..<100 {
            var ended = pid_t()
            repeat { ended = waitpid(-1, nil, WNOHANG) } while ended > 0
            // No child is left.
            if ended < 0 { return }
            usleep(20_000)
        }
    }

    /// Retries, because the last of the browser's children may still be writing.
    private static func remove(_ profile: String) {
        for _ in 0..<100 {
            try? FileManager.default.removeItem(atPath: profile)
            if access(profile, F_OK) != 0 { return }
            usleep(20_000)
        }
    }
}
