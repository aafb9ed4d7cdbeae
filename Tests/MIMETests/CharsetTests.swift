import Testing
import Trials

@testable import MIME

@Suite struct CharsetTests {
    private func decode(_ data: [UInt8], _ label: String? = nil) -> String {
        string(Charset.decode(data[...], label: label.map { Array($0.utf8) }))
    }

    @Test(
        arguments: chosen([
            ("UTF-8", Charset.utf8), ("utf8", .utf8), ("ISO-2022-JP", .iso2022JP), ("iso-2022-jp-ms", .iso2022JP),
            ("CP50221", .iso2022JP), ("Shift_JIS", .shiftJIS), ("x-sjis", .shiftJIS), ("Windows-31J", .shiftJIS),
            ("EUC-JP", .eucJP), ("x-euc-jp", .eucJP), ("utf-16le", .utf16), ("", .unknown), ("US-ASCII", .unknown),
            ("x-user-defined", .unknown), ("ISO-8859-1", .named("CP1252")), ("gb2312", .named("GB18030")),
            ("koi8-r", .named("koi8-r")), ("iso-8859-15", .named("iso-8859-15")),
        ])) func labels(label: String, charset: Charset)
    {
        #expect(Charset(label: Array(label.utf8)) == charset)
    }

    /// iconv_open(3) takes options and file names: nothing that a mail says gets there but plain names of charsets.
    @Test(
        arguments: chosen([
            "iso-8859-1//TRANSLIT", "../../etc/passwd", "gb/../x", "cp1252,", "cp\0", "utf-7", "ISO-10646/UTF8/",
            "iso-8859-15//IGNORE", String(repeating: "iso-8859-", count: 5),
        ])) func whatIsNoPlainNameIsNone(label: String)
    {
        #expect(Charset(label: Array(label.utf8)) == .unknown)
    }

    @Test func byteOrderMarksAreNoText() {
        #expect(decode([0xEF, 0xBB, 0xBF, 0x61]) == "a")
        #expect(decode([0xEF, 0xBB, 0xBF, 0xE3, 0x81, 0x82], "utf-8") == "あ")
        #expect(decode([0xFE, 0xFF, 0x30, 0x42]) == "あ")
        #expect(decode([0xFF, 0xFE, 0x42, 0x30], "utf-8") == "あ")
    }

    @Test func charsetsOfTheCLibrary() {
        #expect(decode([0x63, 0x61, 0x66, 0xE9], "iso-8859-1") == "café")
        #expect(decode([0xC4, 0xE3], "gb2312") == "你")
        #expect(decode([0xC1], "koi8-r") == "а")
        // One that it has never heard of: what is no UTF-8 is marked.
        #expect(decode([0x61, 0xE9, 0x62], "iso-8859-99") == "a\u{FFFD}b")
    }

    @Test func aFooterInAnotherCharsetLeavesTheLetterReadable() {
        let shiftJIS: [UInt8] = [0x83, 0x8F, 0x83, 0x93, 0x83, 0x5E, 0x83, 0x43, 0x83, 0x80]
        let letters: [(bytes: [UInt8], label: String)] = [
            (Array("\u{1B}$B%o%s%?%$%`\u{1B}(B".utf8), "iso-2022-jp"), (shiftJIS, "shift_jis"),
            ([0xA5, 0xEF, 0xA5, 0xF3, 0xA5, 0xBF, 0xA5, 0xA4, 0xA5, 0xE0], "euc-jp"), (Array("ワンタイム".utf8), "utf-8"),
        ]
        let footers: [[UInt8]] = [
            Array("\n配信停止".utf8), [0x0A, 0x90, 0xC2, 0xA9], Array("\nGepr".utf8) + [0xFC, 0x66],
        ]
        for letter in letters {
            for footer in footers {
                for label in [letter.label, nil] {
                    let text = decode(letter.bytes + [0x0A] + letter.bytes + footer, label)
                    #expect(text.hasPrefix("ワンタイム\nワンタイム\n"), "\(letter.label) \(footer) \(text)")
                }
            }
        }
    }

    /// The label of another writing, whose letters are not even ASCII's: each line of a mixed text is what it shows.
    @Test func aRefutedLabelHoldsForNoLine() {
        let text = Array("\u{1B}$B%o\u{1B}(B\nabc\n配信\n".utf8)
        for label in ["cp037", "koi8-r", "gb2312"] { #expect(decode(text, label) == "ワ\nabc\n配信\n") }
    }

    @Test func textIsBoundedWhereItGrows() {
        let text = Charset.decode(
            Array(repeating: 0xE9, count: 1 << 20)[...], label: Array("iso-8859-15".utf8), limit: 1000)
        #expect((1000..<10_000).contains(text.count))
    }
}
