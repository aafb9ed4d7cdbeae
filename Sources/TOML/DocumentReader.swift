import Messages

/// Reads a document statement by statement. After a mistake it continues with the next line, or, where a bracket was open, with the next line that
/// seems to begin a statement, so that consequences of the same mistake are not reported.
struct DocumentReader {
    private static let mistakesAtMost = 50
    static let depthBound = 16

    var cursor: Cursor
    var tree = Tree()
    private(set) var mistakes: [TOMLMistake] = []
    private(set) var hasEveryKey = true
    private let tablesOfMany: Set<String>
    /// What is open.
    var brackets: [Unicode.Scalar] = []
    /// Where the statement began.
    private var firstLine = 1

    init(_ text: String, _ tablesOfMany: Set<String>) {
        cursor = Cursor(text)
        self.tablesOfMany = tablesOfMany
        if let line = cursor.loneReturn {
            tell(
                "this line ends with a lone carriage return: save the file with Unix or Windows line endings", line
            )
        }
    }

    mutating func read() {
        var table = tree.root
        while !cursor.isAtEnd, mistakes.count < Self.mistakesAtMost {
            cursor.skipBlank()
            (brackets, firstLine) = ([], cursor.line)
            guard let scalar = cursor.peek() else { return }
            if let gap = Lookalike.mistake(scalar), Lookalike.isGap(scalar) {
                tell(gap)
                while let scalar = cursor.peek(), scalar == " " || Lookalike.isGap(scalar) { _ = cursor.next() }
                if cursor.isAtLineEnd || cursor.peek() == "#" { continue }
            }
            if cursor.peek().map(Lookalike.ascii) == "[" { table = header() } else { assignment(in: table) }
        }
        if !cursor.isAtEnd { stop() }
    }

    private mutating func stop() {
        tell("reading stopped here: too many errors so far")
        hasEveryKey = false
    }

    mutating func tell(_ message: Phrase, _ line: Int? = nil) { tell(Text(message), line) }

    private mutating func tell(_ message: Text, _ line: Int? = nil, key: String? = nil) {
        mistakes.append(TOMLMistake(line: line ?? cursor.line, key: key, message: message))
    }

    // MARK: Statements

    /// `[name]` or `[[name]]`: the table that the next keys are of.
    private mutating func header() -> Table {
        let line = cursor.line
        let wide = cursor.peek().flatMap(Lookalike.mistake) ?? cursor.peek(1).flatMap(Lookalike.mistake)
        var isOfMany = false
        var path: [String] = []
        do throws(TOMLMistake) {
            if let wide, takeBracket() {
                isOfMany = takeBracket()
                var mistake = self.mistake(wide)
                mistake.key = meant()
                throw mistake
            }
            _ = cursor.take("[")
            isOfMany = cursor.take("[")
            cursor.skipSpace()
            guard let first = cursor.peek(), first != "]", first != "\n", first != "#" else {
                throw mistake("[ must be followed by a table name, as in [mail] or [[mailbox]]")
            }
            path = try key(of: "a table name")
            try close(isOfMany)
            try endLine(behind: "the table name")
        } catch {
            tell(error.message, error.line)
            if path.isEmpty, let name = error.key { path = [name] }
            goOn()
        }
        guard !path.isEmpty else {
            // Whose the next keys are, nobody knows.
            hasEveryKey = false
            return Table(line: line, .header)
        }
        if path.count == 1, tablesOfMany.contains(path[0]), !isOfMany {
            tell("write [[\(path[0])]], in double brackets: there may be more than one", line)
            isOfMany = true
        }
        let (table, fault) = tree.open(path, isOfMany: isOfMany, line: line)
        if let fault { tell(fault, line) }
        return table
    }

    /// Takes a bracket, or one of full width.
    private mutating func takeBracket() -> Bool {
        guard cursor.peek().map(Lookalike.ascii) == "[" else { return false }
        _ = cursor.next()
        return true
    }

    private mutating func close(_ isOfMany: Bool) throws(TOMLMistake) {
        cursor.skipSpace()
        let name = isOfMany ? "[[...]]" : "[...]"
        guard cursor.take("]"), !isOfMany || cursor.take("]") else {
            throw look(or: "a table name is written in brackets, \(name): a ] is missing")
        }
        if !isOfMany, cursor.peek() == "]" {
            throw mistake("this opens with one [ and closes with two ]: write [name] or [[name]]")
        }
    }

    /// `key = value`
    private mutating func assignment(in table: Table) {
        let line = cursor.line
        var path: [String]?
        var isSet = false
        do throws(TOMLMistake) {
            let key = try key(of: "a key")
            path = key
            try equals()
            try tree.set(key, try value().content, line: line, in: table)
            isSet = true
            try endLine()
        } catch {
            var mistake = error
            mistake.key = path?.joined(separator: ".") ?? error.key
            mistakes.append(mistake)
            // The key is there: it is not missing. What else is in the line may be.
            if let path = path ?? error.key.map({ [$0] }), !isSet {
                try? tree.set(path, .unreadable, line: line, in: table, replacing: false)
            } else {
                hasEveryKey = false
            }
            goOn()
        }
    }

    mutating func equals() throws(TOMLMistake) {
        cursor.skipSpace()
        if cursor.take("=") {
            cursor.skipSpace()
            if cursor.peek() == "=" { throw mistake("write a single =") }
            return
        }
        if cursor.peek() == ":" { throw mistake("a key and its value are separated by =, not by :") }
        if cursor.isAtLineEnd || cursor.peek() == "#" {
            throw mistake("there is no = on this line: it is neither [table] nor key = value")
        }
        throw look(or: "a key and its value are separated by =, and there is none here")
    }

    /// The end of a statement's line.
    private mutating func endLine(behind what: Phrase = "the value") throws(TOMLMistake) {
        let what = Text(what)
        cursor.skipSpace()
        if cursor.isAtLineEnd { return }
        switch cursor.peek() {
        case "#": return
        case ";": throw mistake("a line does not end with a ;")
        case ",": throw mistake("a line does not end with a comma; a list of values is written in [ ]")
        case "/" where cursor.peek(1) == "/": throw comment("//")
        case "\"", "'":
            throw mistake("there is another quote after \(what): is one quote too many, or are these two values?")
        case "]"?: throw mistake("this ] matches no [")
        case "}"?: throw mistake("this } matches no {")
        default:
            throw look(
                or:
                    "there is something else after \(what): each key goes on a line of its own, and a comment begins with #"
            )
        }
    }

    /// After the mistake.
    private mutating func goOn() {
        let isOpen = brackets.contains("[")
        let isInline = brackets.last == "{"
        if !cursor.isAtLineStart || cursor.line == firstLine { cursor.skipLine() }
        if isInline, let end = endOfInlineTable { return cursor = end }
        guard isOpen else { return }
        hasEveryKey = false
        while !cursor.isAtEnd, !cursor.isAtStatement {
            cursor.skipLine()
            _ = cursor.next()
        }
    }

    /// After the line with the } of a { that was written over several lines.
    private var endOfInlineTable: Cursor? {
        var ahead = cursor
        for _ in 0..<Self.depthBound {
            _ = ahead.next()
            ahead.skipSpace()
            if ahead.peek() == "}" {
                ahead.skipLine()
                return ahead
            }
            if ahead.isAtEnd || ahead.peek() == "[" { return nil }
            ahead.skipLine()
        }
        return nil
    }

    // MARK: Mistakes

    func mistake(_ message: Phrase, _ line: Int? = nil) -> TOMLMistake { mistake(Text(message), line) }

    func comment(_ sign: String) -> TOMLMistake { mistake("a comment begins with #, not with \(sign)") }

    func mistake(_ message: Text, _ line: Int? = nil) -> TOMLMistake {
        TOMLMistake(line: line ?? cursor.line, message: message)
    }

    /// That the character there only looks like one of TOML's; else this.
    func look(or message: Phrase) -> TOMLMistake {
        mistake(cursor.peek().flatMap(Lookalike.mistake) ?? Text(message))
    }
}
