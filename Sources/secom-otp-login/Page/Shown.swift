/// Text of a page as it may be shown to people: one line, bounded, no control characters.
enum Shown {
    static func line(_ text: String, atMost length: Int = 120) -> String {
        var shown = String.UnicodeScalarView()
        var isSpacePending = false
        for scalar in text.unicodeScalars {
            if shown.count >= length {
                shown.append("…")
                break
            }
            switch scalar.properties.generalCategory {
            case .spaceSeparator, .lineSeparator, .paragraphSeparator: isSpacePending = !shown.isEmpty
            // Nothing that moves a terminal's cursor, or turns the direction of what is read.
            case .control: isSpacePending = !shown.isEmpty
            case .format, .surrogate, .privateUse, .unassigned: break
            default:
                if isSpacePending { shown.append(" ") }
                isSpacePending = false
                shown.append(scalar)
            }
        }
        return String(shown)
    }

    /// A URL without what may be a secret.
    static func url(_ url: String) -> String {
        WebAddress(url.prefixWithoutQuery)?.plain ?? line(url.prefixWithoutQuery, atMost: 80)
    }
}
