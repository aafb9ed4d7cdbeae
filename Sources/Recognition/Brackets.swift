import MIME

/// The brackets of Japanese text, folded in width: what closes what.
enum Brackets {
    /// What closes this opening bracket; nil where it is none.
    static func closing(_ opening: UInt32) -> UInt32? {
        switch opening {
        case 0x28: 0x29
        // [ ] and { } and < >
        case 0x5B, 0x7B, 0x3C: opening &+ 2
        // 〈 《 「 『 【, and 〔 〖 〘 〚
        case 0x3008, 0x300A, 0x300C, 0x300E, 0x3010, 0x3014, 0x3016, 0x3018, 0x301A: opening &+ 1
        default: nil
        }
    }

    /// What opens this closing bracket; nil where it is none.
    static func opening(_ closing: UInt32) -> UInt32? {
        [closing &- 1, closing &- 2].first { self.closing($0) == closing }
    }

    /// A pair of brackets at the end of a text, with what is in it.
    struct Group {
        let whole: Bytes
        let content: Bytes
        /// Whether neither bracket is ASCII.
        let isJapanese: Bool
    }

    /// The group that a text ends with, its brackets matched by counting those of their kind. Takes linear time.
    static func last(in text: Bytes) -> Group? {
        var open: [(scalar: UInt32, start: Int, end: Int)] = []
        var last: Group?
        var index = text.startIndex
        // Read forwards, since characters can be told apart in that direction alone.
        while index < text.endIndex {
            let (scalar, next) = Width.folded(text, at: index)
            if closing(scalar) != nil {
                open.append((scalar, index, next))
            } else if let wanted = opening(scalar), let match = open.lastIndex(where: { $0.scalar == wanted }) {
                let start = open[match]
                // What was opened within and never closed is a sign like any other.
                open.removeSubrange(match...)
                if next == text.endIndex {
                    last = Group(
                        whole: text[start.start..<next], content: text[start.end..<index],
                        isJapanese: text[start.start] >= 0x80 && text[index] >= 0x80)
                }
            }
            index = next
        }
        return last
    }
}
