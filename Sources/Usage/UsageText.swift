public import ArgumentParser
public import Messages

/// ArgumentParser speaks English, and lays it out by characters: what it says, in the language and the columns of whoever reads it.
public struct UsageText {
    private let language: Language
    /// Of the terminal.
    private let columns: Int

    /// Where ArgumentParser has the help of an option.
    private static let helpColumn = 26
    /// So wide that it breaks no line of its own accord.
    private static let unbroken = 100_000

    public init(_ language: Language, columns: Int) { (self.language, self.columns) = (language, columns) }

    /// The whole of what there is to say of an error of `root`'s, or of a request for help.
    ///
    /// - Parameter arguments: those that it came of.
    public func text(of error: any Error, _ root: any ParsableCommand.Type, _ arguments: [String]) -> String {
        let english = root.fullMessage(for: error)
        guard language != .english else { return english }
        guard root.exitCode(for: error) == .success else { return lines(english, of: words) }
        // The version, or a script, is no prose.
        guard english.hasPrefix("OVERVIEW: ") else { return english }
        let help = root.helpMessage(for: Self.command(root, arguments), columns: Self.unbroken)
        return lines(help) { wrapped(words($0)) }
    }

    /// Whose help is asked for.
    private static func command(_ root: any ParsableCommand.Type, _ arguments: [String]) -> any ParsableCommand.Type {
        let name = arguments.first { !$0.hasPrefix("-") && $0 != "help" }
        return root.configuration.subcommands.first { $0.configuration.commandName == name } ?? root
    }

    private func lines(_ text: String, of line: (String) -> String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line(String($0)) }.joined(separator: "\n")
    }

    /// A line with ArgumentParser's words in it replaced: all of it, or what stands behind an option or before its default.
    private func words(_ line: String) -> String {
        let whole = translated(line)
        guard whole == line else { return whole }
        var (label, text) = Self.parts(of: line)
        for (opening, closing) in [(" (default: ", ")"), (" (values: ", ")")] where text.hasSuffix(closing) {
            guard let range = text.firstRange(of: opening) else { continue }
            let values = text[range.upperBound...].dropLast(closing.count)
            let (before, after) = (String(text[..<range.lowerBound]), "\(opening.dropFirst())\(values)\(closing)")
            text = "\(translated(before)) \(translated(after))"
            return label + text
        }
        label += translated(text)
        return label
    }

    private func translated(_ words: String) -> String { Text(ofLibrary: words).rendered(in: language) }

    /// What stands before the help's column, and the help; a line of another kind is all help.
    private static func parts(of line: String) -> (label: String, help: String) {
        let label = line.prefix(helpColumn)
        guard line.hasPrefix("  "), label.count == helpColumn, label.last == " ", line.count > helpColumn else {
            return ("", line)
        }
        return (String(label), String(line.dropFirst(helpColumn)))
    }

    private func wrapped(_ line: String) -> String {
        let (label, help) = Self.parts(of: line)
        // A usage is broken nowhere.
        guard !help.hasPrefix(" "), !label.isEmpty || !line.contains("[--") else { return line }
        let indent = String(repeating: " ", count: label.isEmpty ? 0 : Self.helpColumn)
        let lines = DisplayWidth.wrapped(help, to: max(columns - indent.count, 20))
        return label + lines.joined(separator: "\n" + indent)
    }
}

extension UsageText {
    /// What ends the program where ArgumentParser's English will not do: the text, and the exit status; nil where it will.
    public static func ending(
        _ root: any ParsableCommand.Type, _ error: any Error, _ arguments: [String], columns: Int?
    ) -> (text: String, status: Int32)? {
        let status = root.exitCode(for: error)
        guard Language.current != .english, status == .success || status == .validationFailure else { return nil }
        return (UsageText(.current, columns: columns ?? 80).text(of: error, root, arguments), status.rawValue)
    }
}
