import Testing
import Trials

@testable import MIME

@Suite struct CharsetDetectionTests {
    private func found(_ bytes: [UInt8], _ label: Charset = .unknown) -> Charset {
        CharsetDetection.charset(of: slice(bytes), labelled: label).charset
    }

    private static let shiftJIS: [UInt8] = [0x83, 0x8F, 0x83, 0x93, 0x83, 0x5E, 0x83, 0x43, 0x83, 0x80]
    private static let eucJP: [UInt8] = [0xA5, 0xEF, 0xA5, 0xF3, 0xA5, 0xBF, 0xA5, 0xA4, 0xA5, 0xE0]
    private static let jis = Array("\u{1B}$B%o%s%?%$%`\u{1B}(B".utf8)
    private static let labels: [Charset] = [
        .unknown, .utf8, .iso2022JP, .shiftJIS, .eucJP, .utf16, .named("CP1252"), .named("GB18030"),
    ]

    @Test(arguments: chosen(labels)) func wrongLabelsLoseToTheBytes(label: Charset) {
        #expect(found(Self.shiftJIS, label) == .shiftJIS)
        #expect(found(Self.eucJP, label) == .eucJP)
        #expect(found(Array("ワンタイム".utf8), label) == .utf8)
        #expect(found(Self.jis, label) == .iso2022JP)
    }

    @Test func asciiIsNothingToConvert() {
        #expect(found(Array("abc\r\n".utf8)) == .unknown)
        #expect(found(Array("abc".utf8), .utf8) == .unknown)
        #expect(found([]) == .unknown)
        // A tilde or a yen sign may be another character there: for the label to say.
        #expect(found(Array("a~".utf8), .named("gb18030")) == .named("gb18030"))
    }

    @Test func theLabelDecidesWhatTheBytesLeaveOpen() {
        // Half-width kana are good EUC-JP too: two bytes are one kanji there.
        let kana: [UInt8] = [0xDC, 0xDD, 0xC0, 0xB2, 0xD1]
        #expect(found(kana, .shiftJIS) == .shiftJIS)
        // JIS of eight bits: kana alone, no escape.
        #expect(found(kana, .iso2022JP) == .iso2022JP)
        #expect(found([0x63, 0x61, 0x66, 0xE9], .named("CP1252")) == .named("CP1252"))
    }

    /// Good Shift_JIS too, of half-width kana: but a Japanese text is full of the full-width ones.
    @Test func kanaDecide() {
        let hiragana: [UInt8] = [0xA4, 0xA2, 0xA4, 0xA4]
        for label in [Charset.unknown, .shiftJIS, .utf8] { #expect(found(hiragana, label) == .eucJP) }
    }

    @Test func utf16() {
        #expect(found([0xFE, 0xFF, 0x30, 0x42]) == .utf16)
        #expect(found([0xFF, 0xFE, 0x42, 0x30], .utf8) == .utf16)
        #expect(found([0x42, 0x30, 0x44, 0x30], .utf16) == .utf16)
        #expect(found([0x61, 0, 0x62, 0], .utf16) == .utf16)
        // Labelled so, and plain text: nobody sends UTF-16 without a zero or kana.
        #expect(found(Array("abcd".utf8), .utf16) == .unknown)
    }

    @Test func whatNoCharsetFitsIsMixed() {
        func isMixed(_ bytes: [UInt8]) -> Bool { CharsetDetection.charset(of: bytes[...], labelled: .unknown).isMixed }
        #expect(!isMixed(Self.shiftJIS) && !isMixed(Self.eucJP) && !isMixed(Self.jis) && !isMixed(Array("あ".utf8)))
        #expect(isMixed(Self.shiftJIS + [0x0A] + Array("ワンタイム".utf8)))
        #expect(isMixed(Self.jis + [0x0A] + Array("ワンタイム".utf8)))
        #expect(isMixed(Self.jis + [0x0A] + Self.shiftJIS))
        // The kana of EUC-JP are good half-width kana of Shift_JIS, so that all of it fits: but there are fewer kana in it then.
        #expect(isMixed(Self.eucJP + Self.eucJP + [0x0A] + Self.shiftJIS))
        #expect(isMixed(Self.shiftJIS + [0x0A] + Self.eucJP + Self.eucJP))
    }

    @Test func anyBytesAreReadToTheirEnd() {
        var random = Seeded(Seed.choose())
        for length in 0..<300 {
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
            let text = Charset.decode(slice(bytes), label: nil as Bytes?)
            #expect(String(validating: text, as: UTF8.self) != nil)
        }
    }
}
