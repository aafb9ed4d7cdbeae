import Messages

/// Keys: bare, quoted, dotted.
extension DocumentReader {
    /// - Parameter what: whose place it is, for an error.
    mutating func key(of what: Phrase) throws(TOMLMistake) -> [String] {
        let what = Text(what)
        var path: [String] = []
        repeat {
            cursor.skipSpace()
            path.append(try part(of: what))
            guard path.count <= Self.depthBound else { throw mistake("\(what) has too many dots") }
            cursor.skipSpace()
        } while cursor.take(".")
        return path
    }

    private mutating func part(of what: Text) throws(TOMLMistake) -> String {
        guard let first = cursor.peek() else { throw mistake("\(what) is missing") }
        if first == "\"" || first == "'" { return try string(first) }
        var text = String.UnicodeScalarView()
        while let scalar = cursor.peek(), scalar.isOfBareKey {
            text.append(scalar)
            _ = cursor.next()
        }
        if let scalar = cursor.peek(), !scalar.isASCII || text.isEmpty {
            var error = look(
                or: scalar.isASCII
                    ? "\(what) is missing before this \(scalar)"
                    : "\(what) may contain only A-Z, a-z, 0-9, - and _, unless it is in quotes (\"...\"); a comment begins with #"
            )
            error.key = wide(text)
            throw error
        }
        return String(text)
    }

    /// A key with full-width letters, as it was meant.
    private func wide(_ start: String.UnicodeScalarView) -> String? {
        var (text, ahead) = (start, cursor)
        while let scalar = ahead.next().map(Lookalike.halfWidth), scalar.isOfBareKey { text.append(scalar) }
        return text.isEmpty ? nil : String(text)
    }
}
