/// A piece of a mail in a form that may be shown: printable, bounded.
func shown(_ bytes: some Collection<UInt8>, limit: Int = 60) -> String {
    var text = ""
    var count = 0
    for scalar in String(decoding: bytes.prefix(limit * 4), as: UTF8.self).unicodeScalars {
        if count == limit {
            text += "…"
            break
        }
        count += 1
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
            text += "\u{FFFD}"
        default: text.unicodeScalars.append(scalar)
        }
    }
    return text
}
