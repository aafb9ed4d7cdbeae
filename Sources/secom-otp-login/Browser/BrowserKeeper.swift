import FoundationEssentials
import Glibc
import ProcessRuntime

/// A process between this program and the browser, which outlives both: when this program ends, however it does, the browser is
/// killed with all its children, and its profile removed.
///
/// It is this program once more, by its own word as the first argument. Its standard input is a pipe whose other end this program
/// holds and nobody else; 3 and 4 are the browser's.
enum BrowserKeeper {
    static let word = "keep-browser"

    /// The words that start one.
    static func words(profile: String, browser: [String]) -> [String] { ["/proc/self/exe", word, profile] + browser }

    /// Its whole life, where the arguments are those of one; returns otherwise.
    static func runIfMeant(_ arguments: [String]) {
        guard arguments.count > 3, arguments[1] == word else { return }
        Glibc.exit(run(profile: arguments[2], browser: Array(arguments.dropFirst(3))))
    }

    private static func run(profile: String, browser: [String]) -> Int32 {
        // It ends when the program does, and not before.
        for number in [SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGPIPE] { signal(number, SIG_IGN) }
        let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
        let ending: ChildProcess.Ending
        do {
            let child = try ChildProcess(
                browser, input: .null, output: .null, passing: [3, 4],
                environment: BrowserArguments.environment(profile: profile, path: path), leadsGroup: true)
            // Else neither side would see that the other has gone.
            close(3)
            close(4)
            let forever = ContinuousClock.now + .seconds(7 * 86_400)
            let ended = child.wait(until: forever, orReadable: 0)
            kill(-child.processID, SIGKILL)
            ending = ended ?? child.wait()
        } catch {
            writeAll(Array("\(browser[0]): \(error)\n".utf8), to: 2)
            remove(profile)
            return 127
        }
        remove(profile)
        if case .exited(let status) = ending { return status }
        return 1
    }

    /// The last of the browser's children may be writing still.
    private static func remove(_ profile: String) {
        for _ in 0..<100 {
            try? FileManager.default.removeItem(atPath: profile)
            if access(profile, F_OK) != 0 { return }
            usleep(20_000)
        }
    }
}
