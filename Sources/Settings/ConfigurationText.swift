import FoundationEssentials
import TOMLKit

/// A configuration file's text, and the table that it is. Every mistake of the text is an error that names its line.
package enum ConfigurationText {
    /// Bytes of a file; more is an error.
    private static let bound = 1024 * 1024

    /// The file's text.
    package static func contents(of file: String) throws(ConfigurationError) -> String {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw ConfigurationError(
                file: file, problems: [.init(message: "cannot be read (does it exist, and may this user read it?)")])
        }
        guard data.count <= bound else {
            throw ConfigurationError(file: file, problems: [.init(message: "is larger than 1 MiB")])
        }
        guard let text = String(validating: data, as: UTF8.self), !text.utf8.contains(0) else {
            throw ConfigurationError(file: file, problems: [.init(message: "is not UTF-8 text")])
        }
        return text
    }

    /// The root of the text, to be taken apart; what is wrong with its values gathers in `problems`.
    package static func table(
        _ text: String, file: String, _ problems: ConfigurationProblems
    ) throws(ConfigurationError) -> ConfigurationTable {
        do { try TOMLBrackets.check(text) } catch {
            throw ConfigurationError(file: file, problems: [.init(line: error.line, message: error.message)])
        }
        let root: ConfigurationValue
        do {
            let table = try TOMLTable(string: text)
            root = ConfigurationValue(table)
            // The library frees nothing by itself.
            table.clear()
        } catch {
            let syntax = error as? TOMLParseError
            throw ConfigurationError(
                file: file,
                problems: [.init(line: syntax?.source.begin.line, message: syntax?.description ?? "is not TOML")])
        }
        guard case .table(let members) = root else { throw ConfigurationError(file: file, problems: []) }
        return ConfigurationTable("", members, problems)
    }
}
