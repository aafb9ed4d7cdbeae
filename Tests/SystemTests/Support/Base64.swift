import FoundationEssentials

enum Base64 {
    static func encode(_ bytes: some Collection<UInt8>) -> String { Data(bytes).base64EncodedString() }

    /// How the text shows within the base64 of anything that contains it: one spelling for each of three alignments,
    /// without the characters at the edges that depend on its neighbours.
    static func alignments(of text: String) -> [String] {
        (0..<3).map { shift in
            let encoded = encode(Array(repeating: 0, count: shift) + Array(text.utf8))
            let known = encoded.dropFirst(shift == 0 ? 0 : shift + 1)
            return String(known.prefix { $0 != "=" }.dropLast((shift + text.utf8.count) % 3 == 0 ? 0 : 1))
        }
    }
}
