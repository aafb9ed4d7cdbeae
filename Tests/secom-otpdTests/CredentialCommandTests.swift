import Foundation
import Glibc
import IMAP
import Testing
import Trials

@testable import secom_otpd

/// Passwords from a command: real commands.
@Suite struct CredentialCommandTests {
    private func run(
        _ script: String, bound: Int = 1024, timeout: Duration = .seconds(300)
    ) throws(CredentialError) -> String {
        let bytes = try CredentialCommand.run(["/bin/sh", "-c", script], bound: bound, timeout: timeout)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func error(_ words: [String]) -> CredentialError? {
        #expect(throws: CredentialError.self) { try CredentialCommand.run(words, bound: 1024) }
    }

    @Test func itsOutputIsTakenWhole() throws {
        #expect(try run("printf 'first\\n'; sleep 0.01; printf second") == "first\nsecond")
        #expect(try run(":") == "")
    }

    /// As where the unit forbids it, and where a script's interpreter may not be executed.
    @Test func whatMayNotBeExecutedNamesTheUnitsKey() throws {
        let path = FileManager.default.temporaryDirectory.path + "/not-executable-\(UUID().uuidString)"
        try "#!/bin/sh\necho x\n".write(toFile: path, atomically: true, encoding: .utf8)
        defer { unlink(path) }
        for words in [[path], ["/bin/sh", "-c", "exec \(path)"]] {
            #expect(error(words)?.reason.english.contains("ExecPaths=") == true)
        }
        #expect(error(["/nonexistent"])?.reason.english.contains("ExecPaths=") == false)
        #expect(error(["/bin/sh", "-c", "exit 1"])?.reason.english.contains("ExecPaths=") == false)
    }

    @Test func noShellReadsItsWords() throws {
        let bytes = try CredentialCommand.run(["echo", "$HOME;", "a b", "*"], bound: 1024)
        #expect(bytes == Array("$HOME; a b *\n".utf8))
    }

    @Test func itHasNoInput() throws {
        #expect(try run("cat; echo end") == "end\n")
    }

    /// SwiftNIO's descriptors are not close-on-exec.
    @Test func itHoldsNothingButItsStandardStreams() throws {
        let inherited = dup(2)
        defer { close(inherited) }
        #expect(try run("for n in $(seq 3 1023); do test ! -e /proc/$$/fd/$n || echo $n; done") == "")
    }

    /// The daemon ignores SIGPIPE and its threads may block any signal; a command that inherited that could not be stopped.
    @Test func itStartsWithEverySignal() async {
        await #expect(processExitsWith: .success) {
            signal(SIGPIPE, SIG_IGN)
            var blocked = sigset_t()
            sigaddset(&blocked, SIGTERM)
            pthread_sigmask(SIG_BLOCK, &blocked, nil)
            // proc_pid_status(5)
            let masks = try CredentialCommand.run(["grep", "-E", "^Sig(Blk|Ign)", "/proc/self/status"], bound: 1024)
            for line in String(decoding: masks, as: UTF8.self).split(separator: "\n") {
                // The 31 of signal(7); those after them may be the C library's own.
                guard let mask = UInt64(line.suffix(16), radix: 16), mask & 0x7FFF_FFFF == 0 else { exit(1) }
            }
            if masks.isEmpty { exit(2) }
        }
    }

    @Test func asMuchAsTheBoundIsTakenAndNoMore() throws {
        #expect(try run("printf 12345678", bound: 8) == "12345678")
        let error = #expect(throws: CredentialError.self) { try run("printf 123456789", bound: 8) }
        #expect(error?.reason.english.contains("more than 8 bytes") == true)
        // Nobody waits for what never ends.
        #expect(throws: CredentialError.self) { try run("cat /dev/zero", bound: 8) }
    }

    @Test func howItFailedIsNamedAndNothingItSaid() {
        let script = "echo s3cret; echo s3cret >&2; "
        let status = error(["/bin/sh", "-c", script + "exit 3"])
        #expect(status?.reason.english.hasPrefix("/bin/sh exited with status 3") == true)
        let signal = error(["/bin/sh", "-c", script + "kill -9 $$"])
        #expect(signal?.reason.english.hasPrefix("/bin/sh was killed by signal 9") == true)
        for error in [status, signal] { #expect(!String(reflecting: error).contains("s3cret")) }
    }

    /// A command that knows this program tells why, by the mark, in one line of printable ASCII; anything else stays untold.
    @Test(
        arguments: chosen([
            ("secom-otpd-error: the secret has expired\\nmore\\n", "/bin/sh: the secret has expired"),
            ("secom-otpd-error: no line end", "/bin/sh: no line end"),
            ("secom-otpd-error: ", nil), ("error: s3cret\\n", nil), ("s3cret\\nsecom-otpd-error: late\\n", nil),
            ("secom-otpd-error: a \\033[31mcolour\\n", nil), ("secom-otpd-error: caf\\303\\251\\n", nil),
        ])) func aReasonIsToldByItsMark(output: String, reason: String?)
    {
        let told = error(["/bin/sh", "-c", "printf '\(output)'; echo s3cret >&2; exit 77"])
        #expect(
            told?.reason.english == reason
                ?? "/bin/sh exited with status 77; run it by hand, as the daemon's user, to see why")
    }

    @Test func aReasonIsBoundedAndNoSecretOfOneThatSucceeds() throws {
        let long = error(["/bin/sh", "-c", "printf 'secom-otpd-error: '; head -c 900 /dev/zero | tr '\\0' x; exit 1"])
        #expect(long?.reason.english == "/bin/sh: " + String(repeating: "x", count: 400))
        #expect(try run("echo secom-otpd-error: none") == "secom-otpd-error: none\n")
    }

    @Test func whatCannotBeStartedIsNamed() {
        #expect(error(["/nonexistent/command"])?.reason.english == "/nonexistent/command: No such file or directory")
        #expect(error(["/etc/passwd"])?.reason.english.hasPrefix("/etc/passwd: Permission denied; ") == true)
        #expect(error([]) != nil)
    }

    @Test func itsErrorsReachNoLog() async {
        let result = await #expect(
            processExitsWith: .success, observing: [\.standardErrorContent, \.standardOutputContent]
        ) {
            _ = try CredentialCommand.run(["/bin/sh", "-c", "echo s3cret; echo s3cret >&2"], bound: 1024)
        }
        #expect(result?.standardErrorContent.isEmpty == true)
        #expect(result.map { String(decoding: $0.standardOutputContent, as: UTF8.self).contains("s3cret") } == false)
    }

    /// It and its children, whether they keep its output open or, as the second does, have closed it.
    @Test(arguments: chosen(["sleep 600 & echo $$ $! >FILE; wait", "exec >&-; sleep 600 & echo $$ $! >FILE; wait"]))
    func atTheDeadlineTheWholeGroupDies(script: String) throws {
        let file = "\(FileManager.default.temporaryDirectory.path)/secom-otpd-group-\(UUID().uuidString)"
        defer { unlink(file) }
        // On a busy machine the time may be over before the script has begun: then the next gets twice as much.
        for seconds in [1, 2, 4, 8, 16, 32, 64] {
            let start = ContinuousClock.now
            let error = #expect(throws: CredentialError.self) {
                try run(script.replacing("FILE", with: file), timeout: .seconds(seconds))
            }
            #expect(error?.reason.english.contains("\(seconds).0 seconds") == true)
            #expect(ContinuousClock.now - start >= .seconds(seconds))
            let told = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
            let processes = told.split(whereSeparator: \.isWhitespace)
            guard processes.count == 2 else { continue }
            for process in processes { #expect(dies(process), "process \(process) lives on") }
            return
        }
        Issue.record("the script never began")
    }

    /// The mailbox is watched no longer: nobody waits for its command, nor does that live on.
    @Test func whenItIsHaltedItDiesAtOnce() async throws {
        let halt = Halt()
        let file = "\(FileManager.default.temporaryDirectory.path)/secom-otpd-halt-\(UUID().uuidString)"
        defer { unlink(file) }
        let command = Thread {
            while (try? String(contentsOfFile: file, encoding: .utf8))?.hasSuffix("\n") != true { usleep(1000) }
            halt.halt()
        }
        command.start()
        let error = #expect(throws: CredentialError.self) {
            try CredentialCommand.run(
                ["/bin/sh", "-c", "echo $$ >\(file); sleep 600"], bound: 8, timeout: .seconds(600), halt: halt)
        }
        #expect(error?.reason.english == "/bin/sh was stopped, because its output is no longer needed")
        let told = try String(contentsOfFile: file, encoding: .utf8)
        #expect(dies(told.dropLast()), "it lives on")
        // For good.
        #expect(throws: CredentialError.self) {
            try CredentialCommand.run(["sleep", "600"], bound: 8, timeout: .seconds(600), halt: halt)
        }
    }

    /// A signal takes its time on a busy machine; whoever still lives after minutes has had none.
    private func dies(_ process: Substring) -> Bool {
        let end = ContinuousClock.now + .seconds(300)
        while isAlive(process) {
            guard ContinuousClock.now < end else { return false }
            usleep(1000)
        }
        return true
    }

    /// A zombie that nobody has reaped yet is dead.
    private func isAlive(_ process: Substring) -> Bool {
        guard let stat = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return false }
        return stat.split(separator: ") ").last?.first != "Z"
    }
}
