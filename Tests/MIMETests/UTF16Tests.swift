import Testing
import Trials

@testable import MIME

@Suite struct UTF16Tests {
    @Test(
        arguments: chosen(
            [
                ([0xFE, 0xFF, 0x30, 0x42], "あ"), ([0xFF, 0xFE, 0x42, 0x30], "あ"),
                // Without a mark: the zeroes of ASCII and the kana's 0x30 tell the order.
                ([0x30, 0x42, 0x30, 0x44], "あい"), ([0x42, 0x30, 0x44, 0x30], "あい"), ([0x61, 0, 0x62, 0], "ab"),
                ([0, 0x61, 0, 0x62], "ab"),
                // RFC 2781, 5: a surrogate pair.
                ([0xFE, 0xFF, 0xD8, 0x08, 0xDF, 0x45, 0, 0x3D], "\u{12345}="),
                ([0xFF, 0xFE, 0x08, 0xD8, 0x45, 0xDF], "\u{12345}"),
                // Halves of one, and of a character.
                ([0xFE, 0xFF, 0xD8, 0x08, 0, 0x61], "\u{FFFD}a"), ([0xFE, 0xFF, 0xDC, 0, 0, 0x61], "\u{FFFD}a"),
                ([0xFE, 0xFF, 0xD8, 0x08, 0xD8, 0x08, 0xDF, 0x45], "\u{FFFD}\u{12345}"),
                ([0xFE, 0xFF, 0, 0x61, 0], "a"), ([0xFE, 0xFF], ""), ([], ""), ([0x61], ""),
            ] as [([UInt8], String)])) func decodes(bytes: [UInt8], expected: String)
    {
        #expect(string(UTF16Text.decode(slice(bytes))) == expected)
    }
}
