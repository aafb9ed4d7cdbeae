extension String {
    /// Marks that may appear on one character: a language's have fewer.
    private static let marksInARow = 4

    /// The same text, fit to be shown on a terminal, whoever wrote it: on one line, in the order in which it is read, without what a
    /// terminal obeys. A `?` stands for each control, each mark of direction (UAX #9) and each other character that is not seen.
    var harmless: String {
        var text = String.UnicodeScalarView()
        var marks = 0
        for scalar in unicodeScalars {
            switch scalar.properties.generalCategory {
            case .nonspacingMark, .enclosingMark:
                marks += 1
                if marks <= Self.marksInARow { text.append(scalar) }
                continue
            // Two of them join letters, in words and in pictures, and are not seen themselves.
            case .format where scalar == "\u{200C}" || scalar == "\u{200D}": text.append(scalar)
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: text.append("?")
            default: text.append(scalar)
            }
            marks = 0
        }
        return String(text)
    }
}
