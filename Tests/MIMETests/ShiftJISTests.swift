import Testing
import Trials

@testable import MIME

@Suite struct ShiftJISTests {
    @Test(
        arguments: chosen(
            [
                ([0x61, 0x82, 0xA0], "aあ"), ([0xB1, 0xDF], "ｱﾟ"), ([0x83, 0x5C], "ソ"), ([0x5C, 0x7E], "\\~"),
                ([0x87, 0x40], "①"),
                ([0xFA, 0x5C], "纊"), ([0xED, 0x40], "纊"), ([0xEA, 0xA4], "熙"), ([0xF0, 0x40], "\u{E000}"),
                ([0xF9, 0xFC], "\u{E757}"), ([], ""),
                // Broken: ASCII behind a lead byte is kept where it can be none of its trail bytes.
                ([0x82], "\u{FFFD}"), ([0x82, 0x0A, 0x61], "\u{FFFD}\na"), ([0x82, 0x7F], "\u{FFFD}\u{7F}"),
                ([0x80, 0xA0, 0xFD, 0xFF], "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
                ([0x82, 0xFD, 0x61], "\u{FFFD}\u{FFFD}a"), ([0xFC, 0xFC], "\u{FFFD}"),
            ] as [([UInt8], String)])) func decodes(bytes: [UInt8], expected: String)
    {
        #expect(string(ShiftJIS.decode(slice(bytes))) == expected)
    }

    @Test func trailBytes() {
        let cells = (UInt8.min ... .max).compactMap(ShiftJIS.cell)
        #expect(cells == Array(0..<188))
        for byte in [0x3F, 0x7F, 0xFD] as [UInt8] { #expect(ShiftJIS.cell(byte) == nil) }
    }
}
