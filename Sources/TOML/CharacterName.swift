import Messages

extension Unicode.Scalar {
    /// What it is, as a person can find it, with its number in Unicode: `a tab (U+0009)`.
    public var named: Text {
        switch value {
        case 0x00: Text("a NUL (\(number))")
        case 0x09: Text("a tab (\(number))")
        case 0x0A, 0x0D, 0x85, 0x2028, 0x2029: Text("a line break (\(number))")
        case 0x0C: Text("a form feed (\(number))")
        case 0x1B: Text("an escape character (\(number))")
        case 0x20: Text("a space (\(number))")
        case 0xA0, 0x202F: Text("a no-break space (\(number))")
        case 0x200B: Text("a zero-width space (\(number))")
        case 0x3000: Text("a full-width space (\(number))")
        case 0xFEFF: Text("a byte order mark (\(number))")
        case _ where isControl: Text("a control character (\(number))")
        case _ where isBlank: Text("an invisible character (\(number))")
        default: Text(verbatim: "\(self) (\(number))")
        }
    }

    /// A control character, of C0 or C1.
    public var isControl: Bool { value < 0x20 || 0x7F...0x9F ~= value }

    /// White space or an invisible character: a reader sees nothing, or a gap.
    public var isBlank: Bool {
        switch value {
        case 0x09...0x0D, 0x20, 0x85, 0xA0, 0xAD, 0x1680, 0x180E, 0x2000...0x200F, 0x2028...0x202F, 0x205F...0x2064,
            0x3000,
            0xFEFF:
            true
        default: false
        }
    }

    /// The ASCII character of a full-width one; any other is itself.
    public var halfWidth: Unicode.Scalar {
        0xFF01...0xFF5E ~= value ? Unicode.Scalar(value - 0xFEE0) ?? self : self
    }

    /// `U+0009`
    private var number: String {
        let digits = String(value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(4 - digits.count, 0)) + digits
    }
}
