public import ArgumentParser
public import Messages

/// What was most likely meant by arguments that were refused, where the words of ArgumentParser lead astray: it knows no subcommand from an
/// argument, nor a dash that a text editor has put in the place of two hyphens.
public enum ArgumentAdvice {
    /// Nil where there is nothing to add.
    public static func text(_ root: any ParsableCommand.Type, _ arguments: [String]) -> Text? {
        if let advice = arguments.prefix(while: { $0 != "--" }).lazy.compactMap(dashed).first { return advice }
        let names = root.configuration.subcommands.compactMap { $0.configuration.commandName }
        guard let first = arguments.first, let program = root.configuration.commandName else { return nil }
        if first.hasPrefix("-") {
            return arguments.first(where: names.contains).map {
                Text("options come after the subcommand: \(program) \($0) \(first) ...")
            }
        }
        guard !first.isEmpty, first != "help", !names.contains(first) else { return nil }
        return Text("there is no subcommand '\(first)'; there are: \(names.joined(separator: ", "))")
    }

    /// Of an option that begins with what only looks like a hyphen.
    private static func dashed(_ argument: String) -> Text? {
        let dashes = argument.unicodeScalars.prefix { $0 == "-" || $0.properties.isDash }
        guard let dash = dashes.first(where: { $0 != "-" }), dashes.count < argument.unicodeScalars.count else {
            return nil
        }
        var option = "--"
        option.unicodeScalars += argument.unicodeScalars.dropFirst(dashes.count)
        let number = String(dash.value, radix: 16, uppercase: true)
        return Text("'\(argument)' begins with \(String(dash)) (U+\(number)), not with hyphens: write \(option)")
    }
}
