import Messages
import Testing
import Trials

@testable import secom_otp

/// A command without the `--` before it.
@Suite struct CommandSuggestionTests {
    @Test(
        arguments: chosen(
            [
                (["claim", "log-in"], "secom-otp claim -- log-in"),
                (["claim", "--wait", "5m", "log-in", "--fast"], "secom-otp claim --wait 5m -- log-in --fast"),
                (
                    ["claim", "--include-in-doubt", "log-in", "it's"],
                    #"secom-otp claim --include-in-doubt -- log-in 'it'\''s'"#
                ),
                (
                    ["claim", "--mailbox", "main", "/bin/sh", "-c", "a b"],
                    "secom-otp claim --mailbox main -- /bin/sh -c 'a b'"
                ),
                // It would not help.
                (["claim", "--mailbx", "main"], nil), (["claim", "--", "log-in"], nil),
                (["claim", "--wait", "soon", "log-in"], nil),
                (["claim"], nil), (["status", "main"], nil), ([], nil), (["log-in"], nil),
            ] as [([String], String?)]))
    func itIsSuggestedWhereItHelps(arguments: [String], suggestion: String?) async throws {
        let text = await CommandSuggestion.text(arguments)?.english
        #expect((text == nil) == (suggestion == nil))
        if let suggestion { #expect(try #require(text).hasSuffix(": \(suggestion)")) }
    }
}
