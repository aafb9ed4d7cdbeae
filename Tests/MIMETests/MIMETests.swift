import FoundationEssentials
import Glibc
import Testing

@testable import MIME

private func string(_ bytes: some Collection<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
private func bytes(_ text: String) -> Bytes { Array(text.utf8)[...] }

@Suite struct Base64Tests {
    @Test(arguments: [
        ("YWJj", "abc"), ("YWI=", "ab"), ("YWI", "ab"), ("YQ==", "a"), ("YQ", "a"), ("Y W\tJ!j", "abc"),
        ("YWJj\nZGVm\n", "abcdef"),
        ("YWI=\nYWI=", "abab"), ("YWJj\n\nA footer of a list\n", "abc"), ("YWJjYWJj\nYWI=\n____\nlist", "abcabcab"),
        ("YWJjYWJj\nYWJj\nwords of a footer", "abcabcabc"),
        ("YWJjZGVm\nZ2hp\namt\nsbW5v", "abcdefghijklmno"), ("YWJjZGVm\nZ2hpa\nmtsbW\n5v", "abcdefghijklmno"), ("", ""),
        ("====", ""), ("Y", ""),
    ])
    func decodes(text: String, expected: String) {
        #expect(string(Base64.decode(bytes(text))) == expected)
    }
}

@Suite struct QuotedPrintableTests {
    @Test(arguments: [
        ("a=3Db", "a=b"), ("a=\nb", "ab"), ("a= \t\r\nb", "ab"), ("a \t\nb", "a\nb"), ("=e3=81=\n=82", "あ"),
        ("a=zz=4", "a=zz=4"), ("a=", "a"),
        ("", ""),
    ])
    func decodes(text: String, expected: String) {
        #expect(string(QuotedPrintable.decode(bytes(text))) == expected)
    }
}

@Suite struct EncodedWordTests {
    @Test(arguments: [
        ("=?utf-8?q?a_b=5F?= c", "a b_ c"), ("=?utf-8*ja?B?44GC?=", "あ"), ("=?utf-8?b?44E=?= =?UTF-8?q?=82?=", "あ"),
        ("=?utf-8?b?44E?=\r\n =?utf-8?b?gg?=", "あ"), ("x=?utf-8?q?y?=z", "xyz"),
        ("=?utf-8?q?a?= b =?utf-8?q?c?=", "a b c"),
        ("=?iso-2022-jp?B?GyRCJCI=?= =?iso-2022-jp?B?JCQbKEI=?=", "あい"), ("=?shift_jis?q?=83\\?=", "ソ"),
        ("=?utf-8?x?a?=", "=?utf-8?x?a?="),
        ("=?utf-8?q?a", "=?utf-8?q?a"), ("=??q?a?=", "=??q?a?="), ("=?utf-8?q?a b?=", "a b"), ("a\r\n b", "a b"),
    ])
    func decodes(text: String, expected: String) {
        #expect(string(HeaderText.decode(bytes(text))) == expected)
    }
}

@Suite struct CharsetTests {
    private func decode(_ data: [UInt8], _ label: String? = nil) -> String {
        string(Charset.decode(data[...], label: label.map { Array($0.utf8) }))
    }

    @Test func iso2022JP() {
        let escape = "\u{1B}"
        func jis(_ text: String) -> String { decode(Array(text.utf8), "iso-2022-jp") }
        #expect(jis("\(escape)$B$\"$$\(escape)(B a") == "あい a")
        #expect(jis("\(escape)(Ja\\~\(escape)(B") == "a\\~")
        #expect(jis("\(escape)(I1\(escape)(B\u{0E}1\u{0F}1") == "ｱｱ1")
        #expect(jis("\(escape)$B$\"\na") == "あ\na")
        #expect(jis("\(escape)$B-!\(escape)(B") == "①")
        #expect(jis("\(escape)$By!\(escape)$(D0!") == "纊丂")
        #expect(jis("\(escape)$(B$\"\(escape)$@$\"") == "ああ")
        #expect(jis("\(escape)$B$") == "\u{FFFD}")
        #expect(jis("\(escape)x\(escape)") == "\u{FFFD}x\u{FFFD}")
        #expect(decode(Array("\(escape)$B$\"".utf8)) == "あ")
        #expect(decode(Array("\(escape)$B$\"".utf8), "utf-8") == "あ")
    }

    @Test func wrongLabelsLoseToTheBytes() {
        let shiftJIS: [UInt8] = [0x83, 0x8F, 0x83, 0x93, 0x83, 0x5E, 0x83, 0x43, 0x83, 0x80]
        let eucJP: [UInt8] = [0xA5, 0xEF, 0xA5, 0xF3, 0xA5, 0xBF, 0xA5, 0xA4, 0xA5, 0xE0]
        for label in [
            nil, "utf-8", "us-ascii", "iso-8859-1", "shift_jis", "euc-jp", "iso-2022-jp", "nonsense", "utf-16",
            "gb2312",
        ] {
            #expect(decode(shiftJIS, label) == "ワンタイム", "\(label ?? "-")")
            #expect(decode(eucJP, label) == "ワンタイム", "\(label ?? "-")")
            #expect(decode(Array("ワンタイム".utf8), label) == "ワンタイム", "\(label ?? "-")")
        }
        #expect(decode([0xEF, 0xBB, 0xBF, 0x61]) == "a")
        #expect(decode([0xDC, 0xDD, 0xC0, 0xB2, 0xD1], "shift_jis") == "ﾜﾝﾀｲﾑ")
        #expect(decode([0xFE, 0xFF, 0x30, 0x42]) == "あ" && decode([0x42, 0x30, 0x61, 0], "utf-16") == "あa")
        #expect(decode([0x63, 0x61, 0x66, 0xE9], "iso-8859-1") == "café")
        #expect(decode([0xC4, 0xE3], "gb2312") == "你")
        let broken: [UInt8] = [0x61, 0xC3, 0x28, 0xF0, 0x80, 0xED, 0xA0, 0x80, 0xF5, 0xC0, 0x80]
        #expect(string(broken[...].repairedUTF8()) == "a\u{FFFD}(" + String(repeating: "\u{FFFD}", count: 8))
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

    /// Every character of the tables, against the C library's EUC-JP.
    @Test func theTablesAreThoseOfTheCLibrary() throws {
        var differences = 0
        var compared = 0
        for lead in [[], [UInt8(0x8F)]] {
            for row in UInt8(0xA1)...0xFE {
                for cell in UInt8(0xA1)...0xFE {
                    let data = lead + [row, cell]
                    guard let text = Iconv.decode(data[...], charset: "EUC-JP", limit: 100),
                        !string(text).contains("\u{FFFD}")
                    else { continue }
                    compared += 1
                    if EUCJP.decode(data[...]) != text { differences += 1 }
                }
            }
        }
        try #require(compared > 12_000, "the C library has no EUC-JP here")
        // The dozen that Windows maps otherwise: backslash, tilde, wave dash, minus, overline and the like.
        #expect(differences < 20, "\(differences)")
    }
}

@Suite struct DateTimeTests {
    @Test(arguments: [
        ("Tue, 10 Mar 2026 09:30:00 +0900", 1_773_102_600), ("10 Mar 2026 09:30 +0900", 1_773_102_600),
        ("Tue 10 mar 26 00:30 GMT", 1_773_102_600),
        (" Mon, 9 (x) Mar 2026 19:30:00 EST (y)", 1_773_102_600), ("1 Jan 1970 00:00:00 -0000", 0),
        ("29 Feb 2024 00:00:00 Z", 1_709_164_800),
        ("31 Dec 1998 23:59:60 UT", 915_148_799),
    ])
    func reads(text: String, seconds: Int) {
        #expect(DateTime.parse(bytes(text)) == Date(timeIntervalSince1970: Double(seconds)))
    }

    @Test(arguments: [
        "", "soon", "29 Feb 2025 00:00:00 Z", "10 Mar 2026", "10 Mar 2026 24:00:00 Z", "10 Mar 2026 09:30:00",
        "2026-03-10 09:30:00 Z",
        "10 Mar 99999999999999999999 09:30:00 Z", "10 Mar 2026 09:30:00 +9999999", "10 Mar 2026 09:30:00 +0960", "(",
        "10 Mar 2026 09:30:00 +0900 x",
    ])
    func refuses(text: String) {
        #expect(DateTime.parse(bytes(text)) == nil)
    }
}

@Suite struct FieldTests {
    @Test func parameters() {
        let field = ParameterizedField(
            bytes(
                " Text/Plain (c); charset = \"a\\\"b\" (x); name*0*=utf-8''%e3%81; name*1=z ; boundary=a=b/c?d; boundary=second; odd; f*=x'y'%41"
            ))
        #expect(string(field.value) == "text/plain")
        #expect(field.parameter("charset").map(string) == "a\"b")
        #expect(field.parameter("boundary").map(string) == "a=b/c?d")
        #expect(field.parameter("name") == [0xE3, 0x81, 0x7A])
        #expect(field.parameter("f").map(string) == "A")
        #expect(field.parameter("none") == nil)
    }

    @Test func fieldsFoldAndEnd() {
        var fields = HeaderFields(bytes("A: 1\r\n 2\nno field\nB :3\r\n\r\nC: 4"))
        #expect(fields.next().map { string($0.value.unfolded) } == " 1 2")
        #expect(fields.next()?.isNamed("b") == true)
        #expect(fields.next() == nil && fields.isComplete && string(fields.body) == "C: 4")
    }

    @Test func boundariesAreWholeLines() {
        func parts(_ body: String) -> [String] { BodyParts(bytes(body), boundary: Array("b".utf8)).map(string) }
        #expect(parts("x\n--b\n1\n--bb\n--b-\n --b\n--b \t\n2\n--b--\n3\n--b\n4") == ["1\n--bb\n--b-\n --b\n", "2\n"])
        #expect(parts("--b\r\n1") == ["1"])
        #expect(parts("--b--\n1") == [])
        #expect(parts("--b") == [""])
        #expect(parts("") == [])
    }
}
