import Testing
import Trials

@testable import Messages

/// Columns on a terminal, where Japanese characters take two.
@Suite struct DisplayWidthTests {
    @Test(
        arguments: chosen([
            ("main", 4), ("主", 2), ("証明書の受信箱", 14), ("ｶﾞｰﾄﾞ", 5), ("ガード", 6), ("か\u{3099}", 2), ("ＡＢＣ", 6),
            ("e\u{301}te", 3), ("ab 東京 cd", 10), ("𠮷野家", 6), ("a\u{200D}b", 2), ("「（）」、。", 12), ("⌚", 2), ("📧", 2),
            ("🇯🇵", 2), ("〈a〉", 5),
            ("±", 1), ("", 0),
        ]))
    func eachTextHasItsWidth(text: String, width: Int) { #expect(DisplayWidth.of(text) == width) }

    @Test(
        arguments: chosen([
            ("main", 4, "main"), ("mailbox", 4, "mai…"), ("証明書", 5, "証明…"), ("証明書", 4, "証…"), ("証明書", 6, "証明書"),
            ("証明書", 1, "…"), ("e\u{301}te\u{301}s", 3, "e\u{301}t…"),
        ]))
    func whatIsCutFits(text: String, width: Int, cut: String) {
        #expect(DisplayWidth.cut(text, to: width) == cut)
        #expect(DisplayWidth.of(DisplayWidth.cut(text, to: width)) <= width)
    }

    @Test(
        arguments: chosen([
            ("one two three", 7, ["one two", "three"]), ("one", 7, ["one"]), ("", 7, []),
            ("abcdefghij kl", 4, ["abcd", "efgh", "ij", "kl"]), ("証明書の受信箱", 6, ["証明書", "の受信", "箱"]),
            ("証明書", 5, ["証明", "書"]), ("証", 1, ["証"]), ("claim で請求する。", 10, ["claim で請", "求する。"]),
            ("請求した。次", 8, ["請求し", "た。次"]), ("次の「請求」", 6, ["次の", "「請", "求」"]), ("サーバー", 6, ["サー", "バー"]),
            ("はチェック", 6, ["は", "チェッ", "ク"]), ("設定 (既定) を", 9, ["設定 (既", "定) を"]), ("a.b,c", 3, ["a.b", ",c"]),
        ]))
    func linesBreakBetweenWords(text: String, width: Int, lines: [String]) {
        #expect(DisplayWidth.wrapped(text, to: width) == lines)
    }
}
