import Testing

@testable import MIME

@Suite struct IconvTests {
    private func decode(_ bytes: [UInt8], _ charset: String, limit: Int = 1000) -> String? {
        Iconv.decode(slice(bytes), charset: charset, limit: limit).map(string)
    }

    @Test func decodes() {
        #expect(decode([0xE9, 0x61], "ISO-8859-1") == "éa")
        #expect(decode([], "ISO-8859-1") == "")
        #expect(decode([0xA4, 0xA2], "EUC-JP") == "あ")
    }

    @Test func whatItDoesNotKnowIsNothing() { #expect(decode([0x61], "no-such-charset") == nil) }

    @Test func whatHasNoMeaningIsMarkedAndReadOver() {
        #expect(decode([0x61, 0xFF, 0x62], "EUC-JP") == "a\u{FFFD}b")
        #expect(decode([0x61, 0xA4], "EUC-JP") == "a\u{FFFD}")
        #expect(decode(Array(repeating: 0xFF, count: 50), "EUC-JP") == String(repeating: "\u{FFFD}", count: 50))
    }

    /// It comes in pieces of 4096 bytes, and ends behind the limit.
    @Test func longText() throws {
        let long = Array(repeating: UInt8(0xE9), count: 100_000)
        #expect(decode(long, "ISO-8859-1", limit: 1 << 20) == String(repeating: "é", count: 100_000))
        let cut = try #require(decode(long, "ISO-8859-1", limit: 10_000))
        #expect((10_000..<20_000).contains(cut.utf8.count))
    }
}
