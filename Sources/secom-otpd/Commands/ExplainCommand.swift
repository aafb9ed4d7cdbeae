import ArgumentParser
import FoundationEssentials
import Glibc
import Handoff
import Messages
import ProcessRuntime
import Recognition
import Usage
import Varlink

/// `secom-otpd explain`
struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: told("Show what the daemon would do with each mail, and which rule decided."),
        discussion: told(
            "Exit status: 0 when all were accepted, 1 when any was refused, 66 when a file could not be read."))

    @OptionGroup var config: ConfigurationOption

    @Flag(help: .told("Print one JSON object per line."))
    var json = false

    @Flag(help: .told("Show the passwords."))
    var reveal = false

    @Flag(
        help: .told(
            "Write a sample mail in the form that the configuration expects, to test a mail's whole path: for sendmail -t."
        )
    )
    var sample = false

    @Option(help: .told("The recipient of the sample mail.", valueName: "ADDRESS"))
    var to: String?

    @Argument(
        help: .told("Mails as .eml files, or directories of them; - is standard input.", valueName: "FILE"),
        completion: .file())
    var files: [String] = []

    func validate() throws {
        if sample {
            guard files.isEmpty, !json, !reveal else {
                throw ValidationError.told(
                    "--sample writes a mail: it cannot be combined with FILE, --json or --reveal")
            }
            if let to, !Self.isAddress(to) {
                throw ValidationError.told("--to takes one address, such as webmaster@example.co.jp")
            }
        } else {
            if files.isEmpty { throw ValidationError.told("name at least one mail as FILE, or - for standard input") }
            if to != nil { throw ValidationError.told("--to can be used only with --sample") }
        }
    }

    func run() async throws {
        var rules = RecognitionRules()
        var users: [String] = []
        // Without a configuration of one's own, a machine that has none explains by SECOM's defaults.
        if config.path != nil || FileManager.default.fileExists(atPath: ConfigurationOption.defaultPath) {
            let configuration = try config.read()
            (rules, users) = (configuration.rules, configuration.mailboxes.map(\.user))
        }
        if sample { return write(rules, to: to ?? users.first(where: Self.isAddress) ?? "webmaster@example.co.jp") }
        var explanation = Explanation(rules: rules, isJSON: json, reveals: reveal)
        for file in files { explanation.explain(file) }
        explanation.finish()
        if explanation.unreadable > 0 { throw ExitCode(ExitStatus.noInput.rawValue) }
        if explanation.refused > 0 { throw ExitCode(1) }
    }

    private func write(_ rules: RecognitionRules, to recipient: String) {
        if !rules.requireAuthentication.isEmpty {
            complain(
                "note: require_authentication is set: this mail will be refused (sender-not-authenticated), as it should be, because it is not from \(rules.from)"
            )
        }
        // If nobody reads on, there is nothing to be done.
        writeAll(SampleLetter(rules: rules, recipient: recipient, date: Date()).bytes, to: 1)
    }

    /// One plain address that goes into a header as it is.
    private static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return text.utf8.count <= 254 && parts.count == 2 && parts.allSatisfy { !$0.isEmpty }
            && text.utf8.allSatisfy { 0x21...0x7E ~= $0 && !Array("<>()[]\"\\,;:".utf8).contains($0) }
    }
}
