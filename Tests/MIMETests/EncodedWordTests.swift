import Testing
import Trials

@testable import MIME

@Suite struct EncodedWordTests {
    private func decode(_ text: String) -> String { string(HeaderText.decode(bytes(text))) }

    /// The table of RFC 2047, 8, as far as it is not about comments.
    @Test(
        arguments: chosen([
            ("=?ISO-8859-1?Q?a?=", "a"), ("=?ISO-8859-1?Q?a?= b", "a b"),
            ("=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=", "ab"),
            ("=?ISO-8859-1?Q?a?=  =?ISO-8859-1?Q?b?=", "ab"), ("=?ISO-8859-1?Q?a?=\r\n  =?ISO-8859-1?Q?b?=", "ab"),
            ("=?ISO-8859-1?Q?a_b?=", "a b"), ("=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=", "a b"),
            ("=?US-ASCII?Q?Keith_Moore?= <moore@cs.utk.edu>", "Keith Moore <moore@cs.utk.edu>"),
            ("=?ISO-8859-1?Q?Patrik_F=E4ltstr=F6m?=", "Patrik Fältström"),
        ])) func theTableOfTheRFC(text: String, expected: String)
    {
        #expect(decode(text) == expected)
    }

    @Test(
        arguments: chosen([
            ("=?utf-8?q?a_b=5F?= c", "a b_ c"), ("=?utf-8*ja?B?44GC?=", "あ"), ("=?utf-8?b?44E=?= =?UTF-8?q?=82?=", "あ"),
            ("=?utf-8?b?44E?=\r\n =?utf-8?b?gg?=", "あ"), ("x=?utf-8?q?y?=z", "xyz"),
            ("=?utf-8?q?a?= b =?utf-8?q?c?=", "a b c"), ("=?iso-2022-jp?B?GyRCJCI=?= =?iso-2022-jp?B?JCQbKEI=?=", "あい"),
            // Each word with a byte order mark of its own, and with one in the first alone.
            ("=?utf-16?B?/v8wQg==?=\r\n =?utf-16?B?/v8wRA==?=", "あい"),
            ("=?utf-16?B?//5CMA==?= =?UTF-16?B?//5EMA==?=", "あい"),
            ("=?utf-16?B?/v8wQg==?= =?utf-16?B?MEQ=?=", "あい"), ("=?utf-16be?B?MEI=?= =?utf-16be?B?MEQ=?=", "あい"),
            ("=?shift_jis?q?=83\\?=", "ソ"), ("=?utf-8?q??=", ""), ("=?utf-8?b??=a", "a"), ("a\r\n b", "a b"),
            ("あ =?utf-8?q?b?=", "あ b"), ("\u{1B}$B$\"\u{1B}(B", "あ"), ("a\r\n =?utf-8?q?b?=", "a b"),
        ])) func decodes(text: String, expected: String)
    {
        #expect(decode(text) == expected)
    }

    /// What is no encoded-word stays as it is written.
    @Test(
        arguments: chosen([
            "=?utf-8?x?a?=", "=?utf-8?q?a", "=??q?a?=", "=?utf-8?q", "=?", "=", "=?=", "=?utf-8??a?=", "=?utf 8?q?a?=",
            "a=b=?c?=",
            "=?\(String(repeating: "x", count: 90))?q?a?=",
        ])) func isNone(text: String)
    {
        #expect(decode(text) == text)
    }

    @Test func aSpaceWithinIsForgiven() { #expect(decode("=?utf-8?q?a b?=") == "a b") }

    @Test func whatNobodyEndsTakesLinearTime() {
        let growth = ProcessorTime.growth(from: 2_000, to: 16_000) { count in
            _ = HeaderText.decode(bytes(String(repeating: "=?utf-8?q?", count: count)))
            _ = HeaderText.decode(bytes(String(repeating: "=?utf-8?q?=41?= ", count: count)))
        }
        #expect(growth < 24)
    }

    /// Each change of charset is a conversion: past some hundreds the rest stays as it is written.
    @Test func changesOfCharsetAreBounded() {
        let text = decode(String(repeating: "=?utf-8?q?a?= =?shift_jis?q?b?= ", count: 1000))
        #expect(text.hasPrefix("ababab") && text.contains("=?utf-8?q?a?="))
    }
}
