/// Quoted strings.
extension DocumentReader {
    /// On one line.
    mutating func string(_ quote: Unicode.Scalar) throws(TOMLMistake) -> String {
        let line = cursor.line
        _ = cursor.next()
        var text = String.UnicodeScalarView()
        while let scalar = cursor.peek(), scalar != "\n" {
            _ = cursor.next()
            if scalar == quote { return String(text) }
            text.append(try character(scalar, in: quote))
        }
        if let other = text.last(where: { !$0.properties.isWhitespace }), Lookalike.isQuote(other) {
            throw mistake(
                "the string that begins with \(quote) ends with \(other), a different character: close it with \(quote)",
                line)
        }
        throw mistake("the \(quote) that opens a string here is not closed on this line", line)
    }

    /// Between three quotes, over several lines.
    mutating func longString(_ quote: Unicode.Scalar, from line: Int) throws(TOMLMistake) -> String {
        // A line end right after the quotes is none of the text.
        _ = cursor.take("\n")
        var text = String.UnicodeScalarView()
        while let scalar = cursor.peek() {
            if cursor.takeThree(quote) {
                // Up to two more belong to the text.
                for _ in 0..<2 where cursor.take(quote) { text.append(quote) }
                return String(text)
            }
            _ = cursor.next()
            if scalar == "\\", quote == "\"", skipsLine() { continue }
            text.append(scalar == "\n" ? scalar : try character(scalar, in: quote))
        }
        // Keys may appear in it.
        brackets.append("[")
        throw mistake(
            "the three \(quote) that open a string here are never closed: everything after them was read as part of it",
            line)
    }

    /// After a backslash at a line's end, which joins the lines.
    private mutating func skipsLine() -> Bool {
        var ahead = cursor
        ahead.skipSpace()
        guard ahead.peek() == "\n" else { return false }
        while let scalar = ahead.peek(), scalar == " " || scalar == "\t" || scalar == "\n" { _ = ahead.next() }
        cursor = ahead
        return true
    }

    private mutating func character(_ scalar: Unicode.Scalar, in quote: Unicode.Scalar) throws(TOMLMistake)
        -> Unicode.Scalar
    {
        if scalar.value < 0x20 && scalar != "\t" || scalar.value == 0x7F {
            throw mistake("the string contains \(scalar.named): delete it")
        }
        guard scalar == "\\", quote == "\"" else { return scalar }
        switch cursor.peek() {
        case "b": return escape("\u{8}")
        case "t": return escape("\t")
        case "n": return escape("\n")
        case "f": return escape("\u{C}")
        case "r": return escape("\r")
        case "\"": return escape("\"")
        case "\\": return escape("\\")
        case "u": return try code(4)
        case "U": return try code(8)
        default:
            throw mistake(
                "a \\ in \"...\" begins an escape such as \\n; for a backslash write \\\\, or put the string in '...'"
            )
        }
    }

    private mutating func escape(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        _ = cursor.next()
        return scalar
    }

    private mutating func code(_ count: Int) throws(TOMLMistake) -> Unicode.Scalar {
        _ = cursor.next()
        var number: UInt32 = 0
        for _ in 0..<count {
            guard let digit = cursor.peek(), digit.isASCII, let value = Character(digit).hexDigitValue else {
                throw mistake(
                    "\\u is followed by four hexadecimal digits, and \\U by eight; for a backslash write \\\\")
            }
            _ = cursor.next()
            // Eight digits at most: it cannot overflow.
            number = number << 4 | UInt32(value)
        }
        guard let scalar = Unicode.Scalar(number) else { throw mistake("this escape does not stand for a character") }
        return scalar
    }
}
