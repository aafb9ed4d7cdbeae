import MIME

/// Character references (WHATWG HTML, 13.2.5.72 and 13.5): numbers, ASCII by name, HTML 4's Latin-1 and what mails use
/// for spaces, dashes and bullets. Any other name stays as it is written.
enum CharacterReference {
    /// The character that `&` at `index` stands for, and where it ends; `&` itself where it is no reference.
    static func resolve(_ text: Bytes, at index: Int, isInAttribute: Bool) -> (scalar: UInt32, end: Int) {
        let plain: (UInt32, Int) = (0x26, index + 1)
        guard index + 1 < text.endIndex else { return plain }
        if text[index + 1] == UInt8(ascii: "#") { return number(text, at: index) ?? plain }
        guard text[index + 1].isASCIILetter else { return plain }
        let name = text[(index + 1)...].prefix(24).prefix { $0.isASCIILetter || $0.isASCIIDigit }
        if name.endIndex < text.endIndex, text[name.endIndex] == UInt8(ascii: ";"),
            let scalar = named[String(decoding: name, as: UTF8.self)] ?? legacy[String(decoding: name, as: UTF8.self)]
        {
            return (scalar, name.endIndex + 1)
        }
        // The old names work without a semicolon, in text even with letters after them.
        for length in stride(from: min(name.count, 6), to: 1, by: -1) {
            guard let scalar = legacy[String(decoding: name.prefix(length), as: UTF8.self)] else { continue }
            let end = index + 1 + length
            if isInAttribute, end < text.endIndex,
                text[end] == UInt8(ascii: "=") || text[end].isASCIILetter || text[end].isASCIIDigit
            {
                return plain
            }
            return (scalar, end)
        }
        return plain
    }

    /// An attribute's value with its references resolved.
    static func resolved(_ value: Bytes) -> [UInt8] {
        var resolved: [UInt8] = []
        resolved.reserveCapacity(value.count)
        var index = value.startIndex
        while index < value.endIndex {
            if value[index] == UInt8(ascii: "&") {
                let (scalar, end) = resolve(value, at: index, isInAttribute: true)
                resolved.appendUTF8(scalar)
                index = end
            } else {
                resolved.append(value[index])
                index += 1
            }
        }
        return resolved
    }

    private static func number(_ text: Bytes, at index: Int) -> (scalar: UInt32, end: Int)? {
        var position = index + 2
        var value: UInt32 = 0
        var digits = 0
        let isHex = position < text.endIndex && text[position].lowercased == UInt8(ascii: "x")
        if isHex { position += 1 }
        while position < text.endIndex, let digit = text[position].hexValue, isHex || digit < 10 {
            value = min(value &* (isHex ? 16 : 10) &+ UInt32(digit), 0x110000)
            digits += 1
            position += 1
        }
        guard digits > 0 else { return nil }
        if position < text.endIndex, text[position] == UInt8(ascii: ";") { position += 1 }
        switch value {
        case 0, 0xD800..<0xE000, 0x110000...: value = 0xFFFD
        case 0x80...0x9F: value = windows1252[Int(value &- 0x80)]
        default: break
        }
        return (value, position)
    }

    private static let windows1252: [UInt32] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,
        0x017D, 0x8F,
        0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,
        0x017E, 0x0178,
    ]

    /// Those that need no semicolon.
    private static let legacy: [String: UInt32] = {
        var names: [String: UInt32] = [
            "amp": 0x26, "AMP": 0x26, "lt": 0x3C, "LT": 0x3C, "gt": 0x3E, "GT": 0x3E, "quot": 0x22, "QUOT": 0x22,
            "COPY": 0xA9, "REG": 0xAE,
        ]
        // U+00A0 to U+00FF, in order.
        let latin1 =
            "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml"
        for (offset, name) in latin1.split(separator: " ").enumerated() { names[String(name)] = 0xA0 + UInt32(offset) }
        return names
    }()

    private static let named: [String: UInt32] = [
        "Tab": 0x09, "NewLine": 0x0A, "excl": 0x21, "num": 0x23, "dollar": 0x24, "percnt": 0x25, "apos": 0x27,
        "lpar": 0x28,
        "rpar": 0x29, "ast": 0x2A, "midast": 0x2A, "plus": 0x2B, "comma": 0x2C, "period": 0x2E, "sol": 0x2F,
        "colon": 0x3A,
        "semi": 0x3B, "equals": 0x3D, "quest": 0x3F, "commat": 0x40, "lsqb": 0x5B, "lbrack": 0x5B, "bsol": 0x5C,
        "rsqb": 0x5D, "rbrack": 0x5D, "Hat": 0x5E, "lowbar": 0x5F, "UnderBar": 0x5F, "grave": 0x60,
        "DiacriticalGrave": 0x60, "lcub": 0x7B, "lbrace": 0x7B, "verbar": 0x7C, "vert": 0x7C, "VerticalLine": 0x7C,
        "rcub": 0x7D, "rbrace": 0x7D, "NonBreakingSpace": 0xA0, "centerdot": 0xB7, "CenterDot": 0xB7, "ensp": 0x2002,
        "emsp": 0x2003, "emsp13": 0x2004, "emsp14": 0x2005, "numsp": 0x2007, "puncsp": 0x2008, "thinsp": 0x2009,
        "ThinSpace": 0x2009, "hairsp": 0x200A, "VeryThinSpace": 0x200A, "ZeroWidthSpace": 0x200B, "zwnj": 0x200C,
        "zwj": 0x200D, "lrm": 0x200E, "rlm": 0x200F, "hyphen": 0x2010, "dash": 0x2010, "ndash": 0x2013, "mdash": 0x2014,
        "horbar": 0x2015, "lsquo": 0x2018, "rsquo": 0x2019, "sbquo": 0x201A, "ldquo": 0x201C, "rdquo": 0x201D,
        "bdquo": 0x201E, "dagger": 0x2020, "Dagger": 0x2021, "bull": 0x2022, "bullet": 0x2022, "hellip": 0x2026,
        "mldr": 0x2026, "prime": 0x2032, "Prime": 0x2033, "lsaquo": 0x2039, "rsaquo": 0x203A, "MediumSpace": 0x205F,
        "NoBreak": 0x2060, "euro": 0x20AC, "trade": 0x2122, "larr": 0x2190, "uarr": 0x2191, "rarr": 0x2192,
        "darr": 0x2193,
        "rArr": 0x21D2, "check": 0x2713, "squ": 0x25A1, "square": 0x25A1, "squf": 0x25AA, "utri": 0x25B5,
        "rtri": 0x25B9,
        "dtri": 0x25BF, "cir": 0x25CB, "starf": 0x2605, "star": 0x2606, "phone": 0x260E, "loz": 0x25CA,
    ]
}
