extension Duration {
    /// Reads a duration as the programs and the configuration write it: `500ms`, `30s`, `5m`, `24h`. Nil for anything else.
    public init?(text: String) {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty, digits.count <= 9, let number = Int64(digits) else { return nil }
        switch text.dropFirst(digits.count) {
        case "ms": self = .milliseconds(number)
        case "s": self = .seconds(number)
        case "m": self = .seconds(number * 60)
        case "h": self = .seconds(number * 3600)
        default: return nil
        }
    }

    /// The same, as short as it is exact to the millisecond.
    public var text: String {
        let milliseconds = components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
        // One after the other: from a loop over a table the compiler makes other code each time, and no package comes out twice the same.
        guard milliseconds != 0 else { return "0ms" }
        if milliseconds.isMultiple(of: 3_600_000) { return "\(milliseconds / 3_600_000)h" }
        if milliseconds.isMultiple(of: 60_000) { return "\(milliseconds / 60_000)m" }
        if milliseconds.isMultiple(of: 1000) { return "\(milliseconds / 1000)s" }
        return "\(milliseconds)ms"
    }
}
