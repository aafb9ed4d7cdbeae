import Messages

/// Characters that look like TOML syntax but are not, as inserted by word processors and Japanese input methods.
enum Lookalike {
    /// What is wrong with the character; nil where it looks like nothing.
    static func mistake(_ scalar: Unicode.Scalar) -> Text? {
        switch scalar.value {
        case 0x201C...0x201F, 0x00AB, 0x00BB, 0x2033, 0x301D...0x301F, 0x300C...0x300F, 0xFF02:
            Text("\(scalar) is not a quote here: a string is enclosed in two \", the ASCII character U+0022")
        case 0x2018...0x201B, 0x2032, 0x00B4, 0x0060, 0xFF07:
            Text("\(scalar) is not a quote here: a string is enclosed in two \" or two ', the ASCII characters")
        case 0x00A0, 0x1680, 0x2000...0x200F, 0x2028...0x202F, 0x205F...0x2060, 0x3000, 0xFEFF:
            Text(
                "there is an invisible character (\(name(scalar))) here: replace it with an ordinary space, or delete it"
            )
        case 0xFF01...0xFF5E:
            Text("\(scalar) is full-width: write the ASCII \(halfWidth(scalar))")
        case 0x2010...0x2015, 0x2212: Text("\(scalar) is not an ASCII hyphen: write -")
        case 0..<0x09, 0x0B..<0x20, 0x7F...0x9F: Text("there is a control character (\(name(scalar))) here")
        default: nil
        }
    }

    /// The ASCII character of a full-width one; any other is itself.
    static func halfWidth(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        guard 0xFF01...0xFF5E ~= scalar.value else { return scalar }
        return Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
    }

    static func isQuote(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x201C...0x201F, 0x2033, 0x301D...0x301F, 0x300C...0x300F, 0xFF02, 0x2018...0x201B, 0xFF07: true
        default: false
        }
    }

    private static func name(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(4 - digits.count, 0)) + digits
    }
}
