import Recognition

/// Text for comparison as a person would compare it: width and case do not count, nor do white space, ※, 必須, asterisks and colons.
struct FoldedText: Hashable, Sendable, CustomStringConvertible {
    /// UTF-8.
    let bytes: [UInt8]
    /// The original text, for people.
    let description: String

    init(_ text: String) {
        description = text
        bytes = Self.folded(text)
    }

    var isEmpty: Bool { bytes.isEmpty }
    /// The approximate number of characters.
    var length: Int { bytes.reduce(0) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 } }

    static func == (left: FoldedText, right: FoldedText) -> Bool { left.bytes == right.bytes }
    func hash(into hasher: inout Hasher) { hasher.combine(bytes) }

    func hasPrefix(_ word: FoldedText) -> Bool { bytes.starts(with: word.bytes) }
    func hasSuffix(_ word: FoldedText) -> Bool { bytes.reversed().starts(with: word.bytes.reversed()) }

    /// Compares bytes, which in UTF-8 amounts to comparing characters.
    func contains(_ word: FoldedText) -> Bool {
        guard let first = word.bytes.first, bytes.count >= word.bytes.count else { return false }
        for start in 0...(bytes.count - word.bytes.count) where bytes[start] == first {
            if bytes[start...].starts(with: word.bytes) { return true }
        }
        return false
    }

    private static let required: [UInt8] = Array("必須".utf8)
    private static let emptyBrackets = ["()", "[]", "【】", "〔〕", "<>", "《》"].map { Array($0.utf8) }

    private static func folded(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        for scalar in widthFolded(text).unicodeScalars {
            switch scalar {
            case " ", "\t", "\n", "\r", "※", ":", "*", "\u{200B}"..."\u{200F}", "\u{2060}", "\u{FEFF}", "\u{AD}":
                continue
            case "A"..."Z": bytes.append(UInt8(truncatingIfNeeded: scalar.value) | 0x20)
            default: bytes += Array(String(scalar).utf8)
            }
        }
        remove(required, from: &bytes)
        for pair in emptyBrackets { remove(pair, from: &bytes) }
        return bytes
    }

    private static func remove(_ part: [UInt8], from bytes: inout [UInt8]) {
        guard bytes.count >= part.count else { return }
        var kept: [UInt8] = []
        kept.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if bytes[index] == part[0], bytes[index...].starts(with: part) {
                index += part.count
            } else {
                kept.append(bytes[index])
                index += 1
            }
        }
        bytes = kept
    }
}
