import ArgumentParser
import Foundation
import Testing
import Trials

@testable import secom_otp

/// A mailbox's name as a shell completes it, whatever is in it.
@Suite struct MailboxNamesTests {
    @Test(
        arguments: chosen([
            "main", "two words", "it's", "$(echo broken)", "`echo broken`", "$HOME", #"a\b"#, "証明書の受信箱", "a\"b", "a;b",
            "*",
        ]))
    func bashTakesItToTheLetter(name: String) throws {
        let word = try #require(MailboxNames.word(name, for: .bash))
        let (shell, output) = (Process(), Pipe())
        shell.executableURL = URL(filePath: "/bin/bash")
        // As swift-argument-parser's script does it.
        shell.arguments = ["-c", "IFS=$'\\n' compgen -W \"$1\" -- ''", "bash", word]
        shell.standardOutput = output
        try shell.run()
        let read = try output.fileHandleForReading.readToEnd() ?? Data()
        shell.waitUntilExit()
        #expect(String(decoding: read, as: UTF8.self) == "\(name)\n")
    }

    @Test func zshTakesAColonForTheNames() {
        #expect(MailboxNames.word(#"a:b\c"#, for: .zsh) == #"a\:b\\c"#)
        #expect(MailboxNames.word("a:b", for: .fish) == "a:b")
    }

    @Test(arguments: chosen(["a\nb", "\u{1B}[31m", "a\tb", "\u{202E}"])) func whatBreaksTheLineIsLeftOut(name: String) {
        for shell in [CompletionShell.bash, .zsh, .fish] { #expect(MailboxNames.word(name, for: shell) == nil) }
    }
}
