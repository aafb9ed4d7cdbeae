import FoundationEssentials
import Messages
import TOML

/// Reads the text of a configuration file, and parses it into tables.
package enum ConfigurationText {
    /// The maximum size of a file in bytes.
    private static let bound = 1024 * 1024

    /// The text of the file.
    ///
    /// - Throws: if it cannot be read, is larger than 1 MiB, or is not UTF-8 text.
    package static func contents(of file: String) throws(ConfigurationError) -> String {
        guard let data = FileManager.default.contents(atPath: file) else {
            let fault = ReadableFile.fault(file) ?? Text("it is not a regular file")
            throw ConfigurationError(
                file: file.isEmpty ? "\"\"" : file, problems: [.init(message: Text("cannot be read: \(fault)"))])
        }
        guard data.count <= bound else {
            throw ConfigurationError(file: file, problems: [.init(message: Text("is larger than 1 MiB"))])
        }
        guard let text = String(validating: data, as: UTF8.self), !text.utf8.contains(0) else {
            throw ConfigurationError(file: file, problems: [notText(Array(data))])
        }
        return text
    }

    /// The first line that is not UTF-8, or what the file seems to be instead.
    private static func notText(_ bytes: [UInt8]) -> ConfigurationError.Problem {
        // Without a byte order mark, too: it begins with a character of ASCII.
        let isUTF16 =
            bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
            || bytes.count > 1 && (bytes[0] == 0) != (bytes[1] == 0)
        if isUTF16 { return .init(message: Text("is UTF-16 text: save it as UTF-8")) }
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if let line = lines.firstIndex(where: { String(validating: $0, as: UTF8.self) == nil }) {
            return .init(line: line + 1, message: Text("is not UTF-8 text (is it Shift_JIS?): save it as UTF-8"))
        }
        let line = lines.firstIndex { $0.contains(0) }
        return .init(line: line.map { $0 + 1 }, message: Text("there is a NUL byte here: delete it"))
    }

    /// Parses the text. Returns its root table, and the collection of problems: those of the syntax are in it already, and reading the
    /// values adds its own.
    ///
    /// - Parameter tablesOfMany: the names that several tables may have.
    package static func root(
        of text: String, tablesOfMany: Set<String>, keys: KnownKeys
    ) -> (ConfigurationTable, ConfigurationProblems) {
        let foreign = ForeignFormat.told(of: text)
        let document = TOMLDocument(foreign == nil ? text : "", tablesOfMany: tablesOfMany)
        let problems = ConfigurationProblems(
            keys: keys, canTellWhatIsMissing: foreign == nil && document.hasEveryKey, root: document.root)
        if let foreign { problems.add(nil, nil, foreign) }
        tell(document.mistakes, of: text, keys, problems)
        return (ConfigurationTable(Text(verbatim: ""), document.root, problems), problems)
    }

    /// Adds the mistakes in the syntax, each with its line if that shows no secret.
    private static func tell(
        _ mistakes: [TOMLMistake], of text: String, _ keys: KnownKeys, _ problems: ConfigurationProblems
    ) {
        guard !mistakes.isEmpty else { return }
        let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
        for mistake in mistakes {
            let index = mistake.line - 1
            let line = lines.indices.contains(index) ? ConfigurationLine.shown(lines[index], keys) : nil
            // An unknown key may be anything, even a secret.
            let key = mistake.key.flatMap { keys.all.contains($0) ? $0 : nil }
            let isSecret = key.map(keys.ofSecrets.contains) ?? false
            problems.add(
                key.map(Text.init(verbatim:)), mistake.line,
                .clauses(
                    [
                        mistake.message,
                        key.flatMap { keys.choices[$0] }.map { Text("it can be one of \($0)") },
                        line.map { Text("the line is: \($0)") },
                        isSecret
                            ? Text(
                                "do not put the secret itself here, only where to find it: { credential = \"NAME\" }")
                            : nil,
                    ].compactMap { $0 }))
        }
    }
}
