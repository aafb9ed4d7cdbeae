import Foundation
import Testing
import Trials
import Varlink

@testable import secom_otp

/// Assignments for `eval`: a shell takes each value to the letter, whatever a mail put into it.
@Suite struct PasswordFormatTests {
    @Test(
        arguments: chosen([
            "plain", "two words", "it's", "''", "$(id)`id`$HOME", "a\\", "a;b", "ひみつ", "line\nline",
            "'; echo broken; '",
            // One character to Swift, a quote and a mark to a shell.
            "a'\u{301}; echo broken; #", "'\u{200D}",
        ]))
    func aShellTakesItToTheLetter(value: String) throws {
        let (shell, input, output) = (Process(), Pipe(), Pipe())
        shell.executableURL = URL(filePath: "/bin/sh")
        shell.arguments = ["-c", "eval \"$(cat)\"; printf %s \"$SECOM_OTP_RECIPIENT\""]
        (shell.standardInput, shell.standardOutput) = (input, output)
        try shell.run()
        #expect(
            PasswordFormat.env.write(
                ["recipient": .string(value), "password": "x"], to: input.fileHandleForWriting.fileDescriptor))
        try input.fileHandleForWriting.close()
        let read = try #require(try output.fileHandleForReading.readToEnd())
        shell.waitUntilExit()
        #expect(String(decoding: read, as: UTF8.self) == value)
    }
}
