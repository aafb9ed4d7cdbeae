import MIME

/// Cuts HTML into text and tags (WHATWG HTML, 13.2.5), as far as its text needs them. Linear: whatever does not end
/// reaches to the end, and nothing is read after it.
struct HTMLTokens {
    enum Token {
        case text(Bytes)
        case character(UInt32)
        case start(Tag)
        case end([UInt8])
    }

    /// What a start tag says about the text in it.
    struct Tag {
        /// Lower case.
        let name: [UInt8]
        fileprivate(set) var href: [UInt8]?
        /// `originalsrc`: what Safe Links says that `href` was.
        fileprivate(set) var originalSource: [UInt8]?
        /// By `hidden`, `display:none`, `visibility:hidden`; a template always is.
        fileprivate(set) var isHidden = false
        /// `type=cite`: quoted from another mail.
        fileprivate(set) var isCitation = false

        var element: Element { Element(name) }
        var isVoid: Bool {
            ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
                .contains { name.elementsEqual($0.utf8) }
        }
        /// Of the elements that end an open paragraph (WHATWG HTML, 13.2.6.4.7), those that mails are made of.
        var closesParagraph: Bool {
            ["p", "div", "h1", "h2", "h3", "h4", "ul", "ol", "dl", "pre", "hr"].contains { name.elementsEqual($0.utf8) }
        }
        /// What is in it is never parsed as tags.
        var rawText: RawText? {
            Self.rawTexts.first { name.elementsEqual($0.name.utf8) }?.text
        }

        private static let rawTexts: [(name: String, text: RawText)] = [
            ("script", .unseen), ("style", .unseen), ("title", .unseen), ("iframe", .unseen), ("noembed", .unseen),
            ("noframes", .unseen), ("textarea", .shown), ("xmp", .shown), ("plaintext", .shown),
        ]
    }

    /// Whether a reader sees text that is never parsed as tags; what he does not is no text of the mail.
    enum RawText { case unseen, shown }

    /// What an element does to the line.
    enum Element {
        case inline, lineBreak, line, block, cell, pre, quote, link

        init(_ name: [UInt8]) {
            self = name.count > 12 ? .inline : Self.known[String(decoding: name, as: UTF8.self)] ?? .inline
        }

        private static let known: [String: Element] = {
            var known: [String: Element] = [
                "br": .lineBreak, "p": .line, "div": .line, "td": .cell, "th": .cell, "pre": .pre, "a": .link,
            ]
            known["blockquote"] = .quote
            for name in [
                "address", "article", "aside", "body", "caption", "center", "dd", "details", "dialog", "dir",
                "dl",
                "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head",
                "header", "hr", "html", "legend", "li", "listing", "main", "menu", "nav", "ol", "optgroup", "option",
                "search", "section", "select", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
            ] {
                known[name] = .block
            }
            return known
        }()
    }

    private let html: Bytes
    private var position: Int

    init(_ html: Bytes) {
        self.html = html
        position = html.startIndex
    }

    mutating func next() -> Token? {
        while position < html.endIndex {
            let byte = html[position]
            if byte == UInt8(ascii: "<") {
                if let token = markup() { return token }
            } else if byte == UInt8(ascii: "&") {
                let (scalar, end) = CharacterReference.resolve(html, at: position, isInAttribute: false)
                position = end
                return .character(scalar)
            } else {
                let start = position
                while position < html.endIndex, html[position] != UInt8(ascii: "<"), html[position] != UInt8(ascii: "&")
                {
                    position += 1
                }
                return .text(html[start..<position])
            }
        }
        return nil
    }

    /// Everything up to the end tag of this name; plaintext has none.
    mutating func rawText(of name: [UInt8]) -> Bytes {
        let start = position
        if name.elementsEqual("plaintext".utf8) { position = html.endIndex }
        while position < html.endIndex {
            guard html[position] == UInt8(ascii: "<"), peek(1) == UInt8(ascii: "/"),
                html[(position + 2)...].prefix(name.count).equalsIgnoringCase(name),
                isTagEnd(peek(2 + name.count))
            else {
                position += 1
                continue
            }
            break
        }
        return html[start..<position]
    }

    private func peek(_ offset: Int) -> UInt8? {
        position + offset < html.endIndex ? html[position + offset] : nil
    }

    private func isTagEnd(_ byte: UInt8?) -> Bool {
        byte.map { isSpace($0) || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ">") } ?? false
    }

    private func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0C || byte == 0x0D
    }

    /// At `<`. Nil where it is no tag and no text either.
    private mutating func markup() -> Token? {
        switch peek(1) {
        case let letter? where letter.isASCIILetter:
            position += 1
            return tag(isEnd: false)
        case UInt8(ascii: "/"):
            guard let letter = peek(2) else {
                position = html.endIndex
                return nil
            }
            if letter.isASCIILetter {
                position += 2
                return tag(isEnd: true)
            }
            skip(past: UInt8(ascii: ">"))
            return nil
        case UInt8(ascii: "!") where peek(2) == UInt8(ascii: "-") && peek(3) == UInt8(ascii: "-"):
            position += 4
            skipComment()
            return nil
        case UInt8(ascii: "!"), UInt8(ascii: "?"):
            skip(past: UInt8(ascii: ">"))
            return nil
        default:
            position += 1
            return .character(0x3C)
        }
    }

    private mutating func skip(past byte: UInt8) {
        while position < html.endIndex, html[position] != byte { position += 1 }
        position = min(position + 1, html.endIndex)
    }

    /// After `<!--`: up to `-->` or `--!>`; `<!-->` and `<!--->` end at once.
    private mutating func skipComment() {
        if peek(0) == UInt8(ascii: ">") {
            position += 1
            return
        }
        if peek(0) == UInt8(ascii: "-"), peek(1) == UInt8(ascii: ">") {
            position += 2
            return
        }
        while position < html.endIndex {
            if html[position] == UInt8(ascii: "-"), peek(1) == UInt8(ascii: "-") {
                if peek(2) == UInt8(ascii: ">") {
                    position += 3
                    return
                }
                if peek(2) == UInt8(ascii: "!"), peek(3) == UInt8(ascii: ">") {
                    position += 4
                    return
                }
            }
            position += 1
        }
    }

    /// At the name. Nil where the tag does not end: then it swallows the rest.
    private mutating func tag(isEnd: Bool) -> Token? {
        let start = position
        while position < html.endIndex, !isTagEnd(html[position]) { position += 1 }
        var tag = Tag(name: html[start..<position].prefix(32).map(\.lowercased))
        if tag.name.elementsEqual("template".utf8) { tag.isHidden = true }
        var sawHref = false
        var svgHref: [UInt8]?
        var sawStyle = false
        while position < html.endIndex {
            let byte = html[position]
            if byte == UInt8(ascii: ">") {
                position += 1
                tag.href = tag.href ?? svgHref
                return isEnd ? .end(tag.name) : .start(tag)
            }
            if isSpace(byte) || byte == UInt8(ascii: "/") {
                position += 1
                continue
            }
            guard let (name, value) = attribute() else { return nil }
            // The first of a name counts.
            if name.equalsIgnoringCase("href"), !sawHref {
                sawHref = true
                tag.href = Self.link(value)
            } else if name.equalsIgnoringCase("xlink:href"), svgHref == nil {
                svgHref = Self.link(value)
            } else if name.equalsIgnoringCase("originalsrc"), tag.originalSource == nil {
                tag.originalSource = Self.link(value)
            } else if name.equalsIgnoringCase("style"), !sawStyle {
                sawStyle = true
                tag.isHidden = tag.isHidden || Self.hides(CharacterReference.resolved(value))
            } else if name.equalsIgnoringCase("hidden") {
                tag.isHidden = true
            } else if name.equalsIgnoringCase("type"), value.equalsIgnoringCase("cite") {
                tag.isCitation = true
            }
        }
        return nil
    }

    /// A link's address, references resolved, white space around it taken off as browsers do.
    private static func link(_ value: Bytes) -> [UInt8] {
        let link = CharacterReference.resolved(value)
        return Array(link.drop(while: { $0 <= 0x20 }).reversed().drop(while: { $0 <= 0x20 }).reversed())
    }

    /// A name, and a value quoted, unquoted or empty.
    private mutating func attribute() -> (name: Bytes, value: Bytes)? {
        let start = position
        position += 1
        while position < html.endIndex, !isTagEnd(html[position]), html[position] != UInt8(ascii: "=") { position += 1 }
        let name = html[start..<position]
        while position < html.endIndex, isSpace(html[position]) { position += 1 }
        guard peek(0) == UInt8(ascii: "=") else { return (name, html[position..<position]) }
        position += 1
        while position < html.endIndex, isSpace(html[position]) { position += 1 }
        guard let quote = peek(0) else { return nil }
        if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            position += 1
            let start = position
            while position < html.endIndex, html[position] != quote { position += 1 }
            guard position < html.endIndex else { return nil }
            position += 1
            return (name, html[start..<(position - 1)])
        }
        let valueStart = position
        while position < html.endIndex, !isSpace(html[position]), html[position] != UInt8(ascii: ">") { position += 1 }
        return (name, html[valueStart..<position])
    }

    private static func hides(_ style: [UInt8]) -> Bool {
        let plain = style.filter { $0 > 0x20 }.map(\.lowercased)
        return ["display:none", "visibility:hidden", "visibility:collapse"].contains { wanted in
            var rest = plain[...]
            while rest.count >= wanted.utf8.count {
                if rest.starts(with: wanted.utf8) { return true }
                rest = rest.dropFirst()
            }
            return false
        }
    }
}
