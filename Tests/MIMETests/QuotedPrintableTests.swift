import Testing
import Trials

@testable import MIME

@Suite struct QuotedPrintableTests {
    @Test(
        arguments: chosen([
            ("a=3Db", "a=b"), ("a=\nb", "ab"), ("a= \t\r\nb", "ab"), ("a \t\nb", "a\nb"), ("=e3=81=\n=82", "あ"),
            ("=E3=81=82", "あ"), ("a=zz=4", "a=zz=4"), ("a=", "a"), ("a==\nb", "a=b"), ("a=3D=\n", "a="), ("=\n=\n", ""),
            ("a=0D=0Ab", "a\r\nb"), ("a=3", "a=3"), ("=3d=3D", "=="), ("_", "_"), ("a\r\n", "a\n"), ("", ""),
            // RFC 2045, 6.7.
            (
                "Now's the time =\r\nfor all folk to come=\r\n to the aid of their country.",
                "Now's the time for all folk to come to the aid of their country."
            ),
        ])) func decodes(text: String, expected: String)
    {
        #expect(string(QuotedPrintable.decode(bytes(text))) == expected)
    }

    @Test func everyByte() {
        let text = (0...255).map { byte in "=" + (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
        #expect(QuotedPrintable.decode(slice(Array(text.utf8))) == (0...255).map { UInt8($0) })
    }

    /// RFC 2047, 4.2.
    @Test(arguments: chosen([("a_b", "a b"), ("a=5Fb", "a_b"), ("=20=", " ="), ("=zz", "=zz"), ("", "")]))
    func words(text: String, expected: String) {
        #expect(string(QuotedPrintable.decodeWord(bytes(text))) == expected)
    }
}
