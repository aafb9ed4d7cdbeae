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
        case 0xFF01...0xFF5E:
            Text("\(scalar) is full-width: write the ASCII \(scalar.halfWidth)")
        case 0x2010...0x2015, 0x2212: Text("\(scalar) is not an ASCII hyphen: write -")
        case _ where isGap(scalar):
            Text("there is \(scalar.named) here: replace it with an ordinary space, or delete it")
        case 0..<0x09, 0x0B..<0x20, 0x7F...0x9F: Text("there is \(scalar.named) here: delete it")
        default: nil
        }
    }

    /// That a letter of a key is of another alphabet.
    static func letter(_ scalar: Unicode.Scalar) -> Text? {
        latin[scalar].map { Text("\(scalar.named) only looks like the letter \($0): type it again") }
    }

    /// White space that is none to TOML.
    static func isGap(_ scalar: Unicode.Scalar) -> Bool { scalar.isBlank && !scalar.isControl && scalar != " " }

    /// The ASCII character that was meant by one that looks like it; any other is itself.
    static func ascii(_ scalar: Unicode.Scalar) -> Unicode.Scalar { latin[scalar] ?? scalar.halfWidth }

    static func isQuote(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x201C...0x201F, 0x2033, 0x301D...0x301F, 0x300C...0x300F, 0xFF02, 0x2018...0x201B, 0xFF07: true
        default: false
        }
    }

    /// Small letters of Cyrillic and Greek that fonts draw like a Latin one (Unicode Technical Standard 39).
    private static let latin: [Unicode.Scalar: Unicode.Scalar] = [
        "а": "a", "с": "c", "ԁ": "d", "е": "e", "һ": "h", "і": "i", "ј": "j", "ӏ": "l", "о": "o", "р": "p", "ѕ": "s",
        "у": "y", "х": "x", "α": "a", "ο": "o", "ρ": "p", "ν": "v", "υ": "u",
    ]
}
