/// Values: strings, arrays, inline tables, and values without quotes.
extension DocumentReader {
    mutating func value() throws(TOMLMistake) -> TOMLValue {
        let line = cursor.line
        guard let first = cursor.peek(), !cursor.isAtLineEnd, first != "#" else {
            throw mistake("there is no value after the =")
        }
        switch first {
        case "\"", "'":
            if cursor.takeThree(first) {
                return TOMLValue(content: .string(try longString(first, from: line)), line: line)
            }
            return TOMLValue(content: .string(try string(first)), line: line)
        case "[": return TOMLValue(content: .array(try array()), line: line)
        case "{": return TOMLValue(content: .table(try inlineTable()), line: line)
        case "]", "}", ",": throw mistake("a value is missing before this \(first)")
        default:
            if let message = Lookalike.mistake(first) { throw mistake(message) }
            return TOMLValue(content: try word(), line: line)
        }
    }

    private mutating func open(_ bracket: Unicode.Scalar) throws(TOMLMistake) {
        brackets.append(bracket)
        _ = cursor.next()
        guard brackets.count <= Self.depthBound else { throw mistake("this is nested too deeply") }
    }

    private mutating func array() throws(TOMLMistake) -> [TOMLValue] {
        let line = cursor.line
        try open("[")
        var elements: [TOMLValue] = []
        while true {
            try skipToElement(of: line)
            if cursor.take("]") { break }
            if cursor.peek() == "," { throw mistake("there is nothing before this comma") }
            if cursor.isAtAssignment { throw mistake("a key and its value are written in { }, not in [ ]") }
            elements.append(try value())
            try skipToElement(of: line)
            if cursor.take("]") { break }
            if cursor.take(",") { continue }
            if cursor.peek() == "}" { throw mistake("this } matches no {: an array ends with ]") }
            throw look(or: "a comma between two values of the array is missing, or the ] after the last one")
        }
        brackets.removeLast()
        return elements
    }

    private mutating func skipToElement(of line: Int) throws(TOMLMistake) {
        while let scalar = cursor.peek() {
            switch scalar {
            case " ", "\t": _ = cursor.next()
            case "#": cursor.skipLine()
            case "\n":
                _ = cursor.next()
                if cursor.isAtStatement { throw unclosed(line) }
            default: return
            }
        }
        throw unclosed(line)
    }

    private func unclosed(_ line: Int) -> TOMLMistake {
        mistake("the [ opened here is never closed: a ] is missing", line)
    }

    private mutating func inlineTable() throws(TOMLMistake) -> [String: TOMLValue] {
        let table = Table(line: cursor.line, .dotted)
        try open("{")
        cursor.skipSpace()
        var isFirst = true
        while !cursor.take("}") {
            if !isFirst {
                guard cursor.take(",") else {
                    if cursor.isAtLineEnd { throw mistake("the { on this line is never closed: a } is missing") }
                    throw look(or: "keys in { } are separated by commas")
                }
                cursor.skipSpace()
                if cursor.peek() == "}" { throw mistake("there must be no comma before the }") }
            }
            if cursor.isAtLineEnd { throw mistake("everything in { } must be on one line") }
            let line = cursor.line
            let key = try key(of: "a key")
            try equals()
            try tree.set(key, try value().content, line: line, in: table)
            cursor.skipSpace()
            isFirst = false
        }
        brackets.removeLast()
        return table.contents
    }

    /// What is without quotes: a number, a date, true or false.
    private mutating func word() throws(TOMLMistake) -> TOMLValue.Content {
        var text = takeWord()
        // A space may appear between a date and its time.
        if Word.isDate(text), cursor.peek() == " ", cursor.peek(1)?.isDigit ?? false, cursor.peek(3) == ":" {
            _ = cursor.next()
            text += "T" + takeWord()
        }
        switch Word.read(text) {
        case .success(let content): return content
        case .failure(let fault): throw mistake(fault.message)
        }
    }

    private mutating func takeWord() -> String {
        var text = String.UnicodeScalarView()
        while let scalar = cursor.peek(), ![" ", "\t", "\n", ",", "]", "}", "#"].contains(scalar) {
            text.append(scalar)
            _ = cursor.next()
        }
        return String(text)
    }
}
