/// Text from a page in a form that is safe to show to people: one line of limited length, without control characters.
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
            // No control characters, which could move a terminal's cursor or change the reading direction.
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

    /// A URL without query and fragment, which may contain secrets.
    static func url(_ url: String) -> String {
        WebAddress(url.prefixWithoutQuery)?.plain ?? line(url.prefixWithoutQuery, atMost: 80)
    }
}
