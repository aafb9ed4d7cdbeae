import FoundationEssentials
import Testing
import Trials

/// What a shell offers behind `--mailbox`.
@Suite(.staged) struct CompletionTests {
    /// What bash offers for the last of the words, by the script that the program writes for it.
    private func offered(_ words: [String]) async throws -> Client.Result {
        let script = """
            set -f
            eval "$("$1" --generate-completion-script bash)"
            COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*" COMP_POINT=${#COMP_LINE}
            _secom_otp "$1" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
            printf '%s\\n' "${COMPREPLY[@]}"
            """
        let function = try await run("secom-otp", "--generate-completion-script", "bash").output
        let name = try #require(function.firstMatch(of: /complete -o filenames -F ([^ ]+) secom-otp/)).output.1
        return try await Client.result(
            of: Subprocess(
                "/bin/bash",
                ["-c", script.replacing("_secom_otp", with: name), "bash", Place.program("secom-otp")] + words))
    }

    @Test(arguments: chosen(["claim", "status"])) func bashOffersTheMailboxesNames(command: String) async throws {
        let down = ["down", "customer one", "$(echo broken)", "証明書の受信箱"].enumerated().map {
            Configuration.Mailbox($0.element, port: 1, user: "down\($0.offset)@example.co.jp", password: "x")
        }
        let daemon = try await Daemon.start(Configuration(down))
        let all = try await offered([command, "--socket", daemon.socket, "--mailbox", ""])
        #expect(all.output.split(separator: "\n") == ["$(echo broken)", "customer one", "down", "証明書の受信箱"], "\(all)")
        #expect(all.errors == "")
        let some = try await offered([command, "--socket", daemon.socket, "--mailbox", "d"])
        #expect(some.output == "down\n", "\(some)")
    }

    @Test func whereNobodyCanBeAskedItOffersNothing() async throws {
        let nowhere = "\(try Stage.require().scratch.path)/nowhere"
        let result = try await offered(["claim", "--socket", nowhere, "--mailbox", ""])
        #expect(result.output == "\n" && result.errors == "" && result.exit == .status(0), "\(result)")
    }
}
