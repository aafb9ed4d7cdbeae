/// Replaces secrets in text that comes from a page.
struct Blanking: Sendable {
    private let words: [[UInt8]]
    private static let mark: [UInt8] = Array("●●●●".utf8)

    init(_ words: [String]) { self.words = words.map { Array($0.utf8) }.filter { !$0.isEmpty } }

    func blanked(_ text: String) -> String {
        var bytes = Array(text.utf8)
        for word in words {
            var kept: [UInt8] = []
            var index = 0
            while index < bytes.count {
                if bytes[index] == word[0], bytes[index...].starts(with: word) {
                    kept += Self.mark
                    index += word.count
                } else {
                    kept.append(bytes[index])
                    index += 1
                }
            }
            bytes = kept
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
