import Testing
import Trials

@testable import MIME

@Suite struct EUCJPTests {
    @Test(
        arguments: chosen(
            [
                ([0x61, 0xA4, 0xA2], "aあ"), ([0x8E, 0xB1], "ｱ"), ([0x8F, 0xB0, 0xA1], "丂"), ([0xAD, 0xA1], "①"),
                ([0x5C, 0x7E], "\\~"), ([], ""),
                // Broken: ASCII behind a lead byte is kept, and what is missing is marked.
                ([0xA4], "\u{FFFD}"), ([0xA4, 0x61], "\u{FFFD}a"), ([0x8E, 0xE0], "\u{FFFD}\u{FFFD}"),
                ([0x8F, 0xB0], "\u{FFFD}\u{FFFD}"),
                ([0x80, 0xA0, 0xFF], "\u{FFFD}\u{FFFD}\u{FFFD}"), ([0xFE, 0xFE], "\u{FFFD}"),
            ] as [([UInt8], String)])) func decodes(bytes: [UInt8], expected: String)
    {
        #expect(string(EUCJP.decode(slice(bytes))) == expected)
    }

    /// A lead byte at the end of a slice never reads what stands behind it.
    @Test func nothingBehindTheSliceIsRead() {
        let bytes: [UInt8] = [0xA4, 0xA2, 0xA4, 0xA2]
        #expect(string(EUCJP.decode(bytes[..<3])) == "あ\u{FFFD}")
    }
}
