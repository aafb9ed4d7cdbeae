import Messages

/// A value written without quotes.
enum Word {
    struct Fault: Error {
        let message: Text
    }

    static func read(_ text: String) -> Result<TOMLValue.Content, Fault> {
        if text == "true" { return .success(.boolean(true)) }
        if text == "false" { return .success(.boolean(false)) }
        switch integer(text) {
        case .number(let number): return .success(.integer(number))
        case .tooLarge: return .failure(Fault(message: Text("the number is too large")))
        case .leadingZero:
            return .failure(
                Fault(
                    message: Text(
                        "a number must not begin with 0; a string, such as a mode, is written in quotes: \"0660\"")))
        case .none: break
        }
        if isFloat(text) { return .success(.other(Text("a float"))) }
        if isDate(text) { return .success(.other(Text("a date"))) }
        if isTime(text[...]) { return .success(.other(Text("a time"))) }
        if isDateTime(text) { return .success(.other(Text("a date and time"))) }
        return .failure(Fault(message: fault(text)))
    }

    private static func fault(_ text: String) -> Text {
        if ["true", "yes", "on", "false", "no", "off"].contains(text.lowercased()) {
            return Text(
                "only numbers and, in lower case, true and false are written without quotes; a string is written in quotes: \"...\""
            )
        }
        if text.unicodeScalars.last.map({ $0 == "\"" || $0 == "'" }) ?? false {
            return Text("the opening quote of the string is missing: \"...\"")
        }
        if text.unicodeScalars.last.map(Lookalike.isQuote) ?? false {
            return Text("a string is enclosed in two \", the ASCII character")
        }
        return Text("a string is written in quotes: \"...\"")
    }

    private enum Integer { case number(Int), tooLarge, leadingZero, none }

    private static func integer(_ text: String) -> Integer {
        var digits = text[...]
        var sign = ""
        if let first = digits.first, first == "+" || first == "-" {
            sign = first == "-" ? "-" : ""
            digits = digits.dropFirst()
        }
        var radix = 10
        if digits.hasPrefix("0"), digits.count > 2, text.first != "+", text.first != "-" {
            radix = ["x": 16, "o": 8, "b": 2][digits.dropFirst().first] ?? 10
            if radix != 10 { digits = digits.dropFirst(2) }
        }
        guard isGrouped(digits, { $0.hexDigitValue.map { $0 < radix } ?? false && $0.isASCII }) else { return .none }
        if radix == 10, digits.count > 1, digits.first == "0" { return .leadingZero }
        return Int(sign + digits.filter { $0 != "_" }, radix: radix).map { .number($0) } ?? .tooLarge
    }

    /// Digits, with single underscores between them.
    private static func isGrouped(_ text: Substring, _ isDigit: (Character) -> Bool) -> Bool {
        let groups = text.split(separator: "_", omittingEmptySubsequences: false)
        return groups.allSatisfy { !$0.isEmpty && $0.allSatisfy(isDigit) }
    }

    private static func isDecimal(_ text: Substring) -> Bool { isGrouped(text) { $0.isASCII && $0.isNumber } }

    private static func unsigned(_ text: Substring) -> Substring {
        text.first == "+" || text.first == "-" ? text.dropFirst() : text
    }

    private static func isFloat(_ text: String) -> Bool {
        let number = unsigned(text[...])
        if number == "inf" || number == "nan" { return true }
        let parts = number.split(omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
        guard parts.count <= 2, parts.count == 1 || isDecimal(unsigned(parts[1])) else { return false }
        let halves = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        guard halves.count <= 2, halves.count + parts.count > 2, halves.allSatisfy(isDecimal) else { return false }
        return halves[0] == "0" || halves[0].first != "0"
    }

    /// Digits in the places of 0, the rest as it is.
    private static func fits(_ text: Substring, _ pattern: String) -> Bool {
        text.count == pattern.count
            && zip(text, pattern).allSatisfy { $1 == "0" ? $0.isASCII && $0.isNumber : $0 == $1 }
    }

    static func isDate(_ text: String) -> Bool {
        guard fits(text[...], "0000-00-00") else { return false }
        let parts = text.split(separator: "-").compactMap { Int($0) }
        return parts.count == 3 && 1...12 ~= parts[1] && 1...31 ~= parts[2]
    }

    private static func isTime(_ text: Substring) -> Bool {
        guard fits(text.prefix(8), "00:00:00") else { return false }
        let parts = text.prefix(8).split(separator: ":").compactMap { Int($0) }
        guard parts.count == 3, parts[0] < 24, parts[1] < 60, parts[2] <= 60 else { return false }
        let fraction = text.dropFirst(8)
        return fraction.isEmpty
            || fraction.first == "." && fraction.count > 1
                && fraction.dropFirst().allSatisfy { $0.isASCII && $0.isNumber }
    }

    private static func isDateTime(_ text: String) -> Bool {
        guard text.count > 11, isDate(String(text.prefix(10))), "Tt".contains(text.dropFirst(10).first ?? " ") else {
            return false
        }
        var time = text.dropFirst(11)
        if let last = time.last, last == "Z" || last == "z" {
            time = time.dropLast()
        } else if fits(time.suffix(6), "+00:00") || fits(time.suffix(6), "-00:00") {
            time = time.dropLast(6)
        }
        return isTime(time)
    }
}
