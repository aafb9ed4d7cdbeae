import Testing
import Trials

@testable import MIME

@Suite struct ISO2022JPTests {
    private static let escape = "\u{1B}"

    private func decode(_ text: String) -> String {
        string(ISO2022JP.decode(slice(Array(text.replacing("^", with: Self.escape).utf8))))
    }

    /// `^` stands for ESC.
    @Test(
        arguments: chosen([
            ("^$B$\"$$^(B a", "あい a"), ("^$@$\"^(J a", "あ a"), ("^(Ja\\~^(B", "a\\~"), ("^(Ha", "a"),
            // Kana by escape, and by SO and SI.
            ("^(I1^(B\u{0E}1\u{0F}1", "ｱｱ1"), ("^(I`^(B", "\u{FFFD}"),
            // A line's end ends any other set.
            ("^$B$\"\na", "あ\na"), ("^(I1\r\n1", "ｱ\r\n1"), ("\u{0E}1\n1", "ｱ\n1"),
            // One that a gateway has cut goes on where the next line goes back to ASCII itself.
            ("^$B$\"\n!!^(Ba", "あ\n\u{3000}a"), ("^$B$\"\r\n$$!!^(Ja\r\nb", "あ\r\nい\u{3000}a\r\nb"),
            ("^$B$\"$\r\r\n$!!^(Ba", "あ\u{FFFD}\r\r\n\u{FFFD}\u{3000}a"), ("^(I1\n12^(Ba", "ｱ\nｱｲa"),
            ("^$A!q\n!q^(Ba", "\u{FFFD}\u{FFFD}\n\u{FFFD}a"), ("^(Ka\na^(Ba", "\u{FFFD}\u{FFFD}\n\u{FFFD}a"),
            ("^$B$\"\n^(Ba", "あ\na"), ("^$B$\"\nab cd^(Ba", "あ\nab cda"), ("^$B$\"\nab^$B$\"", "あ\nabあ"),
            ("^$B$\"\nabcd\n^(Ba", "あ\nabcd\na"), ("^$B$\"^(B\nab^(Ba", "あ\naba"), ("^$B$\"\n\nab^(Ba", "あ\n\naba"),
            // NEC's row 13, IBM's characters, JIS X 0212.
            ("^$B-!^(B", "①"), ("^$By!^$(D0!", "纊丂"), ("^$(B$\"^$@$\"", "ああ"), ("^$(O$\"^$(Q$\"", "ああ"),
            ("^&@^$B$\"", "あ"),
            // Broken.
            ("^$B$", "\u{FFFD}"), ("^$B$ $\"", "\u{FFFD} あ"), ("^x^", "\u{FFFD}x\u{FFFD}"),
            // Sets that are not decoded, of two bytes a character and of one: the next escape or line ends them.
            ("^$(X$\"^$B$\"", "\u{FFFD}\u{FFFD}あ"), ("^$(?!!^$B$\"^(Ba", "\u{FFFD}\u{FFFD}あa"),
            ("^$A!q^(Ba", "\u{FFFD}\u{FFFD}a"), ("^$(C!_!_\na", "\u{FFFD}\u{FFFD}\u{FFFD}\na"),
            ("^$(P!!^(Ba", "\u{FFFD}\u{FFFD}a"), ("^(Kab^(Bc", "\u{FFFD}\u{FFFD}\u{FFFD}c"),
            ("^.A^N7a", "\u{FFFD}\u{FFFD}a"), ("^$B^.F^NA$\"", "\u{FFFD}\u{FFFD}あ"), ("^-Aa", "\u{FFFD}a"),
            ("^$A!", "\u{FFFD}\u{FFFD}"), ("^$(", "\u{FFFD}$("), ("^$))))a", "\u{FFFD}$))))a"), ("^N", "\u{FFFD}N"),
            ("^[1m", "\u{FFFD}[1m"),
            ("^$B\u{7F}$\"", "\u{7F}あ"), ("^$B~~^(B", "\u{FFFD}"), ("", ""),
        ])) func decodes(text: String, expected: String)
    {
        #expect(decode(text) == expected)
    }

    /// JIS8: kana as single bytes.
    @Test func eightBits() {
        #expect(string(ISO2022JP.decode([0xB1, 0x61, 0xE0, 0xFF][...])) == "ｱa\u{FFFD}\u{FFFD}")
    }

    @Test(
        arguments: chosen([
            ("^$B", true), ("^$@", true), ("^$(D", true), ("^(I", true), ("^(J", true), ("a^^$B", true), ("^(B", false),
            ("^[1m", false),
            ("$B", false), ("^$", false), ("^", false), ("", false), ("^&@", false),
        ])) func isLikely(text: String, isSo: Bool)
    {
        #expect(ISO2022JP.isLikely(slice(Array(text.replacing("^", with: Self.escape).utf8))) == isSo)
    }

    @Test func charsetLabelsGetHere() {
        let jis = Array("\(Self.escape)$B$\"".utf8)[...]
        for label in [nil, "utf-8", "iso-2022-jp"] {
            #expect(string(Charset.decode(jis, label: label.map { Array($0.utf8) })) == "あ")
        }
    }
}
