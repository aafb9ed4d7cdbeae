import FoundationEssentials
import Glibc
import Testing
import Trials

/// What both programs make of wrong arguments, and of arguments that did not arrive.
@Suite(.staged) struct UsageTests {
    @Test(arguments: chosen(["secom-otp", "secom-otpd"])) func withoutASubcommandItIsWrongUsage(program: String)
        async throws
    {
        let result = try await run(program)
        #expect(result.exit == .status(64) && result.output == "", "\(result)")
        #expect(result.errors.contains("Usage: \(program) <subcommand>"))
        let names = program == "secom-otp" ? ["claim", "settle", "status"] : ["run", "check", "explain"]
        #expect(names.allSatisfy(result.errors.contains), "\(result)")
    }

    @Test(
        arguments: chosen([
            ("secom-otp", ["claim", "--nonsense"]), ("secom-otp", ["claim", "--wait", "soon"]),
            ("secom-otp", ["claim", "--issued-after", "yesterday"]), ("secom-otp", ["claim", "--format", "xml"]),
            ("secom-otp", ["status", "--json", "--openmetrics"]), ("secom-otp", ["status", "--mailbox"]),
            ("secom-otp", ["settle", "main/1/1", "lost"]), ("secom-otp", ["settle"]),
            ("secom-otpd", ["run", "--nonsense"]),
            ("secom-otpd", ["explain"]),
        ]))
    func aWrongOptionShowsTheUsageOfItsSubcommand(program: String, arguments: [String]) async throws {
        let result = try await Client.result(of: Subprocess(Place.program(program), arguments))
        #expect(result.exit == .status(64) && result.output == "", "\(result)")
        #expect(result.errors.hasPrefix("Error: "))
        #expect(result.errors.contains("\nUsage: \(program) \(arguments[0]) "), "\(result)")
    }

    @Test(
        arguments: chosen([
            ("secom-otp", ["clam"], "there is no subcommand 'clam'; there are: claim, settle, status, check"),
            ("secom-otpd", ["chekc"], "there is no subcommand 'chekc'; there are: run, check, explain"),
            (
                "secom-otpd", ["check", "/etc/x.toml"],
                "the configuration is given with --config: secom-otpd check --config /etc/x.toml"
            ),
            (
                "secom-otpd", ["--config", "x", "check"],
                "options come after the subcommand: secom-otpd check --config ..."
            ),
            ("secom-otp", ["claim", "—wait", "5m"], "'—wait' begins with — (U+2014), not with hyphens: write --wait"),
            (
                "secom-otp", ["claim", "-–wait", "5m"],
                "'-–wait' begins with – (U+2013), not with hyphens: write --wait"
            ),
            ("secom-otp", ["status", "－－json"], "'－－json' begins with － (U+FF0D), not with hyphens: write --json"),
        ]))
    func whatWasMeant(program: String, arguments: [String], advice: String) async throws {
        let result = try await Client.result(of: Subprocess(Place.program(program), arguments))
        #expect(result.exit == .status(64) && result.output == "", "\(result)")
        #expect(result.errors.hasSuffix("\(advice)\n"), "\(result)")
    }

    @Test func aCommandWithoutItsDashesIsSuggestedWithThem() async throws {
        let result = try await run("secom-otp", "claim", "--wait", "5m", "log-in", "--fast")
        #expect(result.exit == .status(64) && result.output == "")
        #expect(result.errors.hasSuffix(": secom-otp claim --wait 5m -- log-in --fast\n"), "\(result)")
        #expect(result.errors.contains("\nUsage: secom-otp claim "))
    }

    @Test(
        arguments: chosen([
            (
                "secom-otp", "claim",
                ["default: /run/secom-otpd/handoff.sock", "default: json", "default: do not wait", "75 no"]
            ),
            ("secom-otp", "settle", ["default: /run/secom-otpd/handoff.sock", "Exit status:"]),
            ("secom-otp", "status", ["default: all", "2 CRITICAL", "Exit status:"]),
            ("secom-otpd", "run", ["default: /etc/secom-otpd/secom-otpd.toml"]), ("secom-otpd", "", ["Exit status:"]),
        ]))
    func helpTellsDefaultsAndExitCodes(program: String, command: String, words: [String]) async throws {
        let result = try await Client.result(
            of: Subprocess(
                Place.program(program), [command, "--help"].filter { !$0.isEmpty }, environment: ["COLUMNS": "80"]))
        #expect(result.exit == .status(0) && result.errors == "")
        // As it stands in lines.
        let text = result.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        for word in words { #expect(text.contains(word), "\(result)") }
        // The usage stands on one line.
        #expect(result.output.split(separator: "\n").allSatisfy { $0.count <= 80 || $0.hasPrefix("USAGE: ") })
    }

    // MARK: Arguments that Swift's own list has not

    /// A library that moves the environment, beside which the arguments stand, before anything of Swift's runs: some that are preloaded do.
    private static func preloaded() async throws -> String {
        let stage = try Stage.require()
        let source = try stage.scratch.write(
            """
            #include <stdlib.h>
            __attribute__((constructor)) static void begin(void) { setenv("MOVED_BY_A_PRELOADED_LIBRARY", "1", 1); }

            """, to: "preloaded.c")
        let library = "\(stage.scratch.path)/preloaded.so"
        let compiler = try Subprocess("/usr/bin/env", ["cc", "-shared", "-fPIC", "-o", library, source])
        try #require(try await compiler.ended() == .status(0), "\(compiler.errors.text)")
        return library
    }

    /// Runs it where /proc is not mounted, or empty, in a mount namespace of its own.
    private static func withoutProc(_ program: String, _ arguments: [String], preloading library: String? = nil) throws
        -> Subprocess
    {
        let script = "mount -t tmpfs tmpfs /proc && exec \"$@\""
        let preload = library.map { ["env", "LD_PRELOAD=\($0)"] } ?? []
        return try Subprocess(
            "/usr/bin/env",
            ["unshare", "--mount", "/bin/sh", "-c", script, "sh"] + preload + [Place.program(program)] + arguments)
    }

    private static let mayMount = geteuid() == 0
    private static let hasCompiler = FileManager.default.isExecutableFile(atPath: "/usr/bin/cc")

    @Test(.enabled(if: hasCompiler, "there is no cc"), arguments: chosen(["secom-otp", "secom-otpd"]))
    func aPreloadedLibraryTakesThemNotAway(program: String) async throws {
        let library = try await Self.preloaded()
        let result = try await run(program, "--version", environment: ["LD_PRELOAD": library])
        let version = try Place.version()
        #expect(result.exit == .status(0) && result.output == "\(version)\n", "\(result)")
    }

    @Test(.enabled(if: mayMount, "only root may unmount /proc"), arguments: chosen(["secom-otp", "secom-otpd"]))
    func withoutProcTheyAreThere(program: String) async throws {
        let result = try await Client.result(of: Self.withoutProc(program, ["--version"]))
        let version = try Place.version()
        #expect(result.exit == .status(0) && result.output == "\(version)\n", "\(result)")
    }

    @Test(.enabled(if: mayMount && hasCompiler, "it takes root and cc")) func aClaimStaysAClaimWithoutEither()
        async throws
    {
        let library = try await Self.preloaded()
        let dovecot = try await Dovecot.start()
        let letter = try Letter()
        try await dovecot.deliver(letter)
        let daemon = try await Daemon.start(Configuration(.init(on: dovecot)))
        try await daemon.status("it is there") { $0.states == ["available"] }
        let claim = ["claim", "--socket", daemon.socket, "--", "/bin/sh", "-c", "cat >/dev/null; echo ran; exit 75"]
        let result = try await Client.result(of: Self.withoutProc("secom-otp", claim, preloading: library))
        #expect(result.exit == .status(75) && result.output == "ran\n", "\(result)")
        for (program, arguments) in [("secom-otp", ["claim", "--nonsense"]), ("secom-otpd", []), ("secom-otp", [])] {
            let wrong = try await Client.result(of: Self.withoutProc(program, arguments, preloading: library))
            #expect(wrong.exit == .status(64) && wrong.output == "", "\(wrong)")
        }
    }
}
