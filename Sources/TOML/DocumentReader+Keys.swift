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
            if text.isEmpty, let foreign = foreign(scalar) { throw foreign }
            var error =
                Lookalike.letter(scalar).map { mistake($0) }
                ?? look(
                    or: scalar.isASCII
                        ? "\(what) is missing before this \(scalar)"
                        : "\(what) contains \(scalar.named): only A-Z, a-z, 0-9, - and _ are allowed, unless it is in quotes (\"...\"); a comment begins with #"
                )
            error.key = meant(text)
            throw error
        }
        return String(text)
    }

    /// What other formats have where a key should be: their comments, and the marks of a merge.
    private func foreign(_ first: Unicode.Scalar) -> TOMLMistake? {
        switch (first, cursor.peek(1)) {
        case ("/", "/"?): return comment("//")
        case ("/", "*"?): return comment("/*")
        case (";", _): return comment(";")
        case ("<", _), ("=", _), (">", _), ("|", _):
            guard (1..<7).allSatisfy({ cursor.peek($0) == first }) else { return nil }
            return mistake("a merge conflict was left here: keep one of the two versions, and delete this line")
        default: return nil
        }
    }

    /// A key with characters that look like ASCII, as it was meant.
    func meant(_ start: String.UnicodeScalarView = .init()) -> String? {
        var (text, ahead) = (start, cursor)
        while let scalar = ahead.next().map(Lookalike.ascii), scalar.isOfBareKey { text.append(scalar) }
        return text.isEmpty ? nil : String(text)
    }
}
