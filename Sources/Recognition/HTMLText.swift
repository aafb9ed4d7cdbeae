import Secrets
import MIME

/// The text of an HTML part, as a reader sees it: lines where blocks, rows and `<br>` break, cells of a row side by side,
/// white space collapsed, character references resolved. Comments, style, script and attributes are no text.
///
/// One pass, linear, no recursion. The tokens are those of WHATWG HTML 13.2.5; there is no tree.
struct HTMLText {
    /// A link, and the stretch of text it covers.
    struct Link {
        /// The first `href`, references resolved, white space around it taken off as browsers do.
        let href: [UInt8]
        /// What a gateway says that it was, read alike.
        let originalSource: [UInt8]?
        let start: Int
        fileprivate(set) var end: Int
    }

    /// UTF-8.
    private(set) var text: [UInt8] = []
    /// In order; they do not overlap.
    private(set) var links: [Link] = []
    /// Where what precedes is no line of what follows: rows of tables, items, headings, rules. In order.
    private(set) var partings: [Int] = []
    /// Whether anything is hidden by `hidden`, `display:none` or `visibility:hidden`.
    private(set) var hasHidden = false

    private var isSpacePending = false
    private var preDepth = 0
    private var quoteDepth = 0
    /// The open link's index in `links`.
    private var openLink: Int?
    /// The element that hides what is in it, and how many of its name are open.
    private var hiding: (name: [UInt8], depth: Int)?
    private let showsHidden: Bool

    /// - Parameters:
    ///   - html: UTF-8.
    ///   - showsHidden: whether hidden text is text nevertheless.
    init(_ html: Bytes, limits: Limits, showsHidden: Bool) throws(MalformedMessage) {
        self.showsHidden = showsHidden
        // More than it becomes: a buffer that grows leaves copies behind.
        text.reserveCapacity(html.count &* 2)
        var tokens = HTMLTokens(html)
        while let token = tokens.next() {
            switch token {
            case .text(let bytes): write(bytes)
            case .character(let scalar): write(scalar)
            case .start(let tag):
                try start(tag, limits)
                if let kind = tag.rawText {
                    let raw = tokens.rawText(of: tag.name)
                    if kind == .shown { write(raw: raw) }
                }
            case .end(let name): end(name)
            }
        }
        closeLink()
    }

    /// The links that cover any of a stretch of the text.
    func links(over range: Range<Int>) -> ArraySlice<Link> {
        var (low, high) = (0, links.count)
        while low < high {
            let middle = (low + high) / 2
            if links[middle].end <= range.lowerBound { low = middle + 1 } else { high = middle }
        }
        var end = low
        while end < links.count, links[end].start < range.upperBound { end += 1 }
        return links[low..<end]
    }

    /// Overwrites the text.
    mutating func wipe() { text.wipe() }

    // MARK: Text

    private var isShown: Bool { hiding == nil || showsHidden }

    private mutating func write(_ bytes: Bytes) {
        guard isShown else { return }
        for index in bytes.indices {
            // CRLF is one break.
            if bytes[index] == 0x0D, index + 1 < bytes.endIndex, bytes[index + 1] == 0x0A { continue }
            write(bytes[index])
        }
    }

    /// Text as it is written, lines and all, on lines of its own.
    private mutating func write(raw: Bytes) {
        breakBlock()
        preDepth += 1
        var resolved = CharacterReference.resolved(raw)
        write(resolved[...])
        resolved.wipe()
        preDepth -= 1
        breakBlock()
    }

    private mutating func write(_ byte: UInt8) {
        switch byte {
        case 0x0A where preDepth > 0, 0x0D where preDepth > 0: breakLine()
        case 0x09, 0x0A, 0x0C, 0x0D, 0x20: isSpacePending = true
        default:
            beginText()
            text.append(byte)
        }
    }

    private mutating func write(_ scalar: UInt32) {
        guard isShown else { return }
        if scalar < 0x80 {
            write(UInt8(truncatingIfNeeded: scalar))
        } else {
            beginText()
            text.appendUTF8(scalar)
        }
    }

    private mutating func beginText() {
        let isLineStart = text.isEmpty || text.last == 0x0A
        if isLineStart, quoteDepth > 0 { text += [UInt8(ascii: ">"), 0x20] }
        if isSpacePending, !isLineStart { text.append(0x20) }
        isSpacePending = false
    }

    private mutating func breakLine() {
        text.append(0x0A)
        isSpacePending = false
    }

    /// Blocks start and end on lines of their own; none of them makes an empty line.
    private mutating func breakBlock() {
        if !text.isEmpty, text.last != 0x0A { breakLine() }
        isSpacePending = false
    }

    private mutating func part() {
        breakBlock()
        if partings.last != text.count { partings.append(text.count) }
    }

    /// Whether anything parts two stretches of the text, such as a row of a table.
    func isParted(_ range: Range<Int>) -> Bool {
        var (low, high) = (0, partings.count)
        while low < high {
            let middle = (low + high) / 2
            if partings[middle] < range.lowerBound { low = middle + 1 } else { high = middle }
        }
        return low < partings.count && partings[low] <= range.upperBound
    }

    // MARK: Elements

    private mutating func start(_ tag: HTMLTokens.Tag, _ limits: Limits) throws(MalformedMessage) {
        // A paragraph that is left open ends where the next begins.
        if let open = hiding, open.name.elementsEqual("p".utf8), tag.closesParagraph { hiding = nil }
        if let open = hiding, tag.name == open.name, !tag.isVoid { hiding?.depth += 1 }
        if hiding == nil, tag.isHidden, !tag.isVoid {
            hasHidden = true
            hiding = (tag.name, 1)
        }
        switch tag.element {
        case .lineBreak: if isShown { breakLine() }
        case .line: breakBlock()
        case .block: part()
        case .cell: isSpacePending = true
        case .pre:
            breakBlock()
            preDepth += 1
        case .quote:
            breakBlock()
            if tag.isCitation || quoteDepth > 0 { quoteDepth += 1 }
        case .link:
            closeLink()
            guard let href = tag.href, isShown else { break }
            guard links.count < limits.links else { throw .tooManyLinks }
            openLink = links.count
            links.append(Link(href: href, originalSource: tag.originalSource, start: text.count, end: text.count))
        case .inline: break
        }
    }

    private mutating func end(_ name: [UInt8]) {
        switch HTMLTokens.Element(name) {
        case .lineBreak: if isShown { breakLine() }
        case .line: breakBlock()
        case .block: part()
        case .cell: isSpacePending = true
        case .pre:
            breakBlock()
            preDepth = max(preDepth - 1, 0)
        case .quote:
            breakBlock()
            quoteDepth = max(quoteDepth - 1, 0)
        case .link: closeLink()
        case .inline: break
        }
        if let open = hiding, name == open.name {
            hiding = open.depth > 1 ? (open.name, open.depth - 1) : nil
        }
    }

    private mutating func closeLink() {
        if let openLink { links[openLink].end = text.count }
        openLink = nil
    }
}
