import ArgumentParser
import FoundationEssentials
import Glibc
import Handoff
import Recognition
import Varlink

/// `secom-otpd explain`
struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Tell for each mail what the daemon would do with it, and which rule decided.",
        discussion: "Exit status: 0 when all were accepted, 1 when any was refused, 66 when a file could not be read.")

    @OptionGroup var config: ConfigurationOption

    @Flag(help: "One JSON object a line.")
    var json = false

    @Flag(help: "Show the passwords.")
    var reveal = false

    @Argument(
        help: ArgumentHelp("Mails as .eml files, or folders of them; - is the standard input.", valueName: "FILE"),
        completion: .file())
    var files: [String]

    func run() async throws {
        var rules = RecognitionRules()
        // Without a configuration of one's own, a machine that has none explains by SECOM's defaults.
        if config.path != nil || FileManager.default.fileExists(atPath: ConfigurationOption.defaultPath) {
            rules = try config.read().rules
        }
        var explanation = Explanation(rules: rules, isJSON: json, reveals: reveal)
        for file in files { explanation.explain(file) }
        explanation.finish()
        if explanation.unreadable > 0 { throw ExitCode(ExitStatus.noInput.rawValue) }
        if explanation.refused > 0 { throw ExitCode(1) }
    }
}
