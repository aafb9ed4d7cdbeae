import ConfigurationFile

@testable import Configuration

/// The text of a configuration file.
enum FuzzedConfiguration {
    static func check(_ input: [UInt8]) {
        guard let text = String(validating: input, as: UTF8.self), !input.contains(0) else { return }
        do throws(ConfigurationError) {
            let configuration = try ConfigurationReader.parse(text, file: "x")
            precondition(!configuration.mailboxes.isEmpty, "nothing to watch")
        } catch {
            precondition(!error.problems.isEmpty, "wrong, and nothing is")
            let lines = 1 + input.count { $0 == 0x0A || $0 == 0x0D }
            precondition(error.problems.allSatisfy { 1...lines ~= $0.line ?? 1 }, "a line that is not there")
        }
    }
}
