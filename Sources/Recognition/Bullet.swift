import MIME

/// What may appear before a label: an indent, a bullet of any shape, a number. Nothing that quotes, opens a bracket or is
/// a word.
enum Bullet {
    /// More than this is no bullet.
    private static let longest = 24

    /// What `label` finds at the first place where a label may start, and does; nil where the line continues as something else.
    static func behind<Found>(in line: Bytes, _ label: (Int) -> Found?) -> Found? {
        var index = line.startIndex
        var depth = 0
        var previous: UInt32 = 0x20
        var count = 0
        while index < line.endIndex {
            let (scalar, next) = Width.folded(line, at: index)
            defer { previous = scalar }
            if scalar == 0x20 {
                index = next
                continue
            }
            count += 1
            if count > longest { return nil }
            if depth == 0, let found = label(index) { return found }
            switch kind(scalar) {
            case .symbol: index = next
            // `>` quotes, unless it ends an arrow.
            case .greater:
                guard previous == 0x2D || previous == 0x3D else { return nil }
                index = next
            case .open:
                depth += 1
                index = next
            // One that closes nothing is the end of a number, as in `①)`, or a bullet itself.
            case .close:
                depth = max(depth - 1, 0)
                index = next
            case .letter:
                guard let end = numberEnd(line, index, isBracketed: depth > 0) else { return nil }
                index = end
            case .other: return nil
            }
        }
        return nil
    }

    private enum Kind { case symbol, greater, open, close, letter, other }

    private static func kind(_ scalar: UInt32) -> Kind {
        switch scalar {
        case 0x3E: return .greater
        // Quotation marks and `<` open what the value would have to close.
        case 0x22, 0x27, 0x3C, 0x60: return .other
        case 0x28, 0x5B, 0x7B: return .open
        case 0x29, 0x5D, 0x7D: return .close
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: return .letter
        case 0x21...0x7E: return .symbol
        // An emoji's variation selector and keycap, and what joins several into one.
        case 0xFE0E, 0xFE0F, 0x20E3, 0x200D: return .symbol
        // The mark of a long vowel, where it serves as a dash.
        case 0x30FC: return .symbol
        // The writing of prose, without asking the tables: kana and the unified ideographs.
        case 0x3041...0x3096, 0x30A1...0x30FA, 0x3400...0x4DBF, 0x4E00...0x9FFF: return .letter
        default: break
        }
        guard let character = Unicode.Scalar(scalar) else { return .other }
        switch character.properties.generalCategory {
        case .openPunctuation: return .open
        case .closePunctuation: return .close
        case .connectorPunctuation, .dashPunctuation, .finalPunctuation, .otherPunctuation, .mathSymbol,
            .currencySymbol, .modifierSymbol, .otherSymbol, .otherNumber, .letterNumber,
            // The bullets of word processors' symbol fonts.
            .privateUse:
            return .symbol
        case .otherLetter, .lowercaseLetter, .uppercaseLetter, .decimalNumber: return .letter
        default: return .other
        }
    }

    private static func isNumberEnd(_ scalar: UInt32) -> Bool {
        // . ) ] : 、 ・ and the full stop of JIS
        [0x2E, 0x29, 0x5D, 0x3A, 0x3001, 0x30FB, 0x3002].contains(scalar)
    }

    /// After `1.`, `12)`, `1-`, `iii.`, `a)`, `ア.`, `3 `, `(1`, and the single letter,
    /// such as `o ` or `l `, that is left of a symbol font's bullet.
    private static func numberEnd(_ line: Bytes, _ start: Int, isBracketed: Bool) -> Int? {
        var index = start
        var count = 0
        var (areDigits, areRoman, isFontBullet) = (true, true, false)
        while index < line.endIndex {
            let (scalar, next) = Width.folded(line, at: index)
            guard kind(scalar) == .letter else { break }
            count += 1
            areDigits = areDigits && scalar &- 0x30 < 10
            areRoman = areRoman && [0x69, 0x76, 0x78, 0x49, 0x56, 0x58].contains(scalar)
            isFontBullet = count == 1 && scalar < 0x100
            // One letter of any kind, three digits, four Roman ones.
            guard count == 1 || areDigits && count <= 3 || areRoman && count <= 4 else { return nil }
            index = next
        }
        guard index < line.endIndex else { return nil }
        let (behind, next) = Width.folded(line, at: index)
        if isBracketed { return index }
        if isNumberEnd(behind) || areDigits && behind == 0x2D { return next }
        return (areDigits || isFontBullet) && behind == 0x20 || areDigits && (behind == 0xFE0F || behind == 0x20E3)
            ? index : nil
    }
}
