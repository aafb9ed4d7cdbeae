import Testing
import Trials

@testable import MIME

@Suite struct UTF8Tests {
    @Test func everyCharacterThereAndBack() {
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            var text: [UInt8] = []
            text.appendUTF8(value)
            let (read, length) = text[...].scalar(at: 0)
            // One check for all: a million expectations would take minutes.
            if !text.elementsEqual(UTF8.encode(scalar) ?? .init()) || read != value || length != text.count {
                Issue.record("U+\(String(value, radix: 16))")
            }
        }
    }

    @Test(arguments: chosen([0xD800, 0xDFFF, 0x110000, UInt32.max])) func whatIsNoCharacterIsMarked(value: UInt32) {
        var text: [UInt8] = []
        text.appendUTF8(value)
        #expect(string(text) == "\u{FFFD}")
    }

    /// Overlong forms, surrogates, what is beyond Unicode, what is cut. RFC 3629, 3 and 10
    @Test(
        arguments: chosen(
            [
                [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0xAF], [0xE0, 0x9F, 0xBF],
                [0xF0, 0x80, 0x80, 0xAF], [0xF0, 0x8F, 0xBF, 0xBF],
                [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF],
                [0xFE], [0xC3], [0xE3, 0x81],
                [0xF0, 0x9F, 0x98], [0xC3, 0x28], [0xE3, 0x28, 0x82], [0xE3, 0x81, 0x28], [0xF0, 0x9F, 0x98, 0x28],
            ] as [[UInt8]])) func isNone(bytes: [UInt8])
    {
        let text = slice(bytes)
        #expect(text.scalar(at: text.startIndex) == (0xFFFD, 1))
    }

    @Test func repairedByteByByte() {
        let broken: [UInt8] = [0x61, 0xC3, 0x28, 0xF0, 0x80, 0xED, 0xA0, 0x80, 0xF5, 0xC0, 0x80]
        #expect(string(broken[...].repairedUTF8()) == "a\u{FFFD}(" + String(repeating: "\u{FFFD}", count: 8))
        #expect(string(bytes("ワンé😀").repairedUTF8()) == "ワンé😀")
        #expect(bytes("").repairedUTF8().isEmpty)
        // A true U+FFFD is a character like any other.
        #expect(bytes("\u{FFFD}a").repairedUTF8() == Array("\u{FFFD}a".utf8))
    }
}
