import Calendar
import FoundationEssentials

/// A date-time (RFC 5322, 3.3 and 4.3), obsolete years and zones included.
public enum DateTime {
    /// Nil where it cannot be read for sure.
    public static func parse(_ value: Bytes) -> Date? {
        var lexer = Lexer(value.prefix(256), specials: .address)
        var words: [Bytes] = []
        var colons: [Int] = []
        while let token = lexer.next() {
            switch token {
            case .atom(let word): words.append(word)
            case .special(UInt8(ascii: ",")) where words.count == 1 && !(words[0].first?.isASCIIDigit ?? true):
                words.removeAll()
            case .special(UInt8(ascii: ":")): colons.append(words.count)
            default: return nil
            }
            if words.count > 8 { return nil }
        }
        // A day's name without its comma.
        if let first = words.first, !(first.first?.isASCIIDigit ?? false) {
            words.removeFirst()
            colons = colons.map { $0 - 1 }
        }
        // day month year hour : minute [: second] zone
        guard colons == [4] || colons == [4, 5], words.count == 5 + colons.count,
            let day = number(words[0], digits: 1...2), let month = CivilDate.month(named: words[1]),
            let year = year(words[2]),
            let hour = number(words[3], digits: 1...2), let minute = number(words[4], digits: 1...2),
            let second = colons.count == 2 ? number(words[5], digits: 1...2) : 0,
            let zone = words.last, let offset = offset(zone),
            let date = CivilDate(year: year, month: month, day: day), hour < 24, minute < 60, second <= 60
        else { return nil }
        return Date(
            timeIntervalSince1970: Double(
                date.daysSince1970 * 86_400 + hour * 3_600 + minute * 60 + min(second, 59) - offset))
    }

    private static func number(_ word: Bytes, digits: ClosedRange<Int>) -> Int64? {
        guard digits.contains(word.count), word.allSatisfy(\.isASCIIDigit) else { return nil }
        return word.reduce(0) { $0 * 10 + Int64($1 & 0x0F) }
    }

    /// Two digits up to 49 are of this century, three digits count from 1900 (RFC 5322, 4.3).
    private static func year(_ word: Bytes) -> Int64? {
        guard let year = number(word, digits: 2...4) else { return nil }
        switch word.count {
        case 2: return year < 50 ? 2000 + year : 1900 + year
        case 3: return 1900 + year
        default: return year >= 1900 ? year : nil
        }
    }

    /// Seconds east of Greenwich. An unknown name says no more than -0000 does: UTC.
    private static func offset(_ word: Bytes) -> Int64? {
        if let sign = word.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
            guard let value = number(word.dropFirst(), digits: 4...4), value % 100 < 60 else { return nil }
            let seconds = (value / 100 * 60 + value % 100) * 60
            return sign == UInt8(ascii: "-") ? -seconds : seconds
        }
        let hours: [(StaticString, Int64)] = [
            ("edt", -4), ("est", -5), ("cdt", -5), ("cst", -6), ("mdt", -6), ("mst", -7), ("pdt", -7), ("pst", -8),
            ("jst", 9),
        ]
        if let zone = hours.first(where: { word.equalsIgnoringCase($0.0) }) { return zone.1 * 3_600 }
        return word.count <= 5 && word.allSatisfy(\.isASCIILetter) ? 0 : nil
    }
}
