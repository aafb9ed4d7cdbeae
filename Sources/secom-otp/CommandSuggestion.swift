import Messages

/// What was most likely meant by a `secom-otp claim` that has a command and no `--` before it.
enum CommandSuggestion {
    /// Nil where a `--` would not have made the arguments right.
    static func text(_ arguments: [String]) async -> Text? {
        guard arguments.first == "claim", !arguments.contains("--") else { return nil }
        for index in arguments.indices.dropFirst() where !arguments[index].hasPrefix("-") {
            let meant = arguments[..<index] + ["--"] + arguments[index...]
            guard (try? await Main.asyncParseAsRoot(Array(meant))) is ClaimCommand else { continue }
            let words = (["secom-otp"] + meant).map(word)
            return Text("put the command after --, and the options before it: \(words.joined(separator: " "))")
        }
        return nil
    }

    /// As it would be typed: what a shell would take apart in quotes.
    private static func word(_ text: String) -> String {
        let isPlain =
            !text.isEmpty
            && text.unicodeScalars.allSatisfy { scalar in
                scalar.properties.isAlphabetic || "0123456789-_./:=@+,%".unicodeScalars.contains(scalar)
            }
        return isPlain ? text : "'" + text.unicodeScalars.map { $0 == "'" ? "'\\''" : String($0) }.joined() + "'"
    }
}
