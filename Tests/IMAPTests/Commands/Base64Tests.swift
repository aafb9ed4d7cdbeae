import Testing
import Trials

@testable import IMAP

struct Base64Tests {
    /// RFC 4648, section 10.
    @Test(
        arguments: chosen([
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ])) func vectors(text: String, encoded: String)
    {
        #expect(Base64.encode(Array(text.utf8)) == Array(encoded.utf8))
    }

    @Test func everyByte() {
        #expect(Base64.encode([0, 0, 0]) == Array("AAAA".utf8))
        #expect(Base64.encode([255, 255, 255, 255]) == Array("/////w==".utf8))
        #expect(Base64.encode([0xFB, 0xEF, 0xBE]) == Array("++++".utf8))
    }
}
