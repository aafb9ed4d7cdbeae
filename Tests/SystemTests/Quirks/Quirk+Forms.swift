extension Quirk {
    /// What FETCH tells is so, and written or divided in some other way.
    static let forms: [Quirk] = [
        .fetch("section-without-origin") { $0.section = "BODY[]" },
        .fetch("section-in-lower-case") { $0.section = "body[]<0>" },
        .fetch("section-with-peek") { $0.section = "BODY.PEEK[]<0>" },
        .fetch("section-as-asked-for") { $0.section = "BODY[]<0.32768>" },
        .fetch("section-as-asked-for-with-peek") { $0.section = "BODY.PEEK[]<0.32768>" },
        .fetch("section-rfc822") { $0.section = "RFC822" },
        .fetch("literal-non-synchronising") { $0.form = .nonSynchronising },
        .fetch("literal-of-8-bits") { $0.form = .literal8 },
        .fetch("literal-with-zeros") { $0.form = .leadingZeros },
        Quirk("short-mails-quoted") {
            $0.fetched = { $0.form = .quoted }
            $0.before = ["ra-support@secom.co.jp says \"hello\\\"", "", "from ra-support@secom.co.jp"]
        },
        Quirk("short-mails-nil") {
            $0.fetched = { if $0.body?.isEmpty == true { ($0.form, $0.section) = (.nil, "BODY[]") } }
            $0.before = ["", ""]
            $0.answered = Self.searchFindsAll
        },
        .answer("space-before-parenthesis") { $0.edit("* ") { $0 = $0.last == ")" ? $0.dropLast() + " )" : $0 } },
        .answer("space-behind-parenthesis") { answer in
            answer.edit("* ") { $0 = $0.replacing("FETCH (", with: "FETCH ( ") }
        },
        .answer("two-spaces") { $0.edit("* ") { $0 = $0.replacingInHead(" ", with: "  ") } },
        .answer("trailing-spaces") { answer in
            answer.edit("* ") { $0 += "  " }
            answer.end? += "  "
        },
        .answer("tabs") { answer in
            answer.edit("* ") { $0 = $0.replacingInHead(" ", with: "\t") }
            answer.end = answer.end?.replacing(" ", with: "\t")
        },
        .answer("space-first") { answer in answer.edit("* ") { $0 = " " + $0 } },
        .answer("carriage-returns") { answer in
            answer.edit("* ") { $0 += "\r\r" }
            answer.end? += "\r\r"
        },
        .answer("empty-lines") { answer in answer.lines = answer.lines.flatMap { [$0, ""] } },
        .answer("empty-line-first", to: "GREETING") { $0.lines = ["", "  "] + $0.lines },
        .answer("flags-nil") { answer in answer.edit("* ") { $0 = $0.replacing("FLAGS ()", with: "FLAGS NIL") } },
        .answer("flags-nil-in-lower-case") { answer in
            answer.edit("* ") { $0 = $0.replacing("FLAGS ()", with: "FLAGS nil") }
        },
        .answer("in-lower-case") { answer in
            answer.edit("* ") { $0 = $0.changingHead { $0.lowercased() } }
            answer.end = answer.end?.lowercased()
        },
        .answer("in-mixed-case") { answer in
            answer.edit("* ") { $0 = $0.changingHead { $0.capitalizedWords() } }
            answer.end = answer.end?.capitalizedWords()
        },
    ]

    static let searchFindsAll: @Sendable (inout Answer, LaxMailbox) -> Void = { answer, mailbox in
        guard answer.request.name == "SEARCH" else { return }
        answer.lines = ["* SEARCH" + mailbox.messages.map { " \($0.uid)" }.joined()]
    }
}

extension String {
    /// What stands before the first literal, changed: its first line.
    fileprivate func changingHead(_ change: (String) -> String) -> String {
        let end = firstIndex(of: "\n") ?? endIndex
        // Flags, text and values stay as they are.
        let words = self[..<end].split(separator: " ", omittingEmptySubsequences: false).map { word in
            let isName = word.allSatisfy { $0.isLetter || "*([])<>0.".contains($0) } && !word.contains("INBOX")
            return isName ? change(String(word)) : String(word)
        }
        return words.joined(separator: " ") + self[end...]
    }

    fileprivate func replacingInHead(_ text: String, with other: String) -> String {
        let end = firstIndex(of: "\n") ?? endIndex
        // Within quotation marks there is a date.
        var isQuoted = false
        let head = self[..<end].map { character -> String in
            if character == "\"" { isQuoted.toggle() }
            return String(character) == text && !isQuoted ? other : String(character)
        }
        return head.joined() + self[end...]
    }

    fileprivate func capitalizedWords() -> String {
        split(separator: " ", omittingEmptySubsequences: false).map {
            $0.prefix(1).uppercased() + $0.dropFirst().lowercased()
        }
        .joined(separator: " ")
    }
}
