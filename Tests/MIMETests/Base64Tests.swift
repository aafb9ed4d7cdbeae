import Testing
import Trials

@testable import MIME

@Suite struct Base64Tests {
    /// The test vectors of RFC 4648, 10.
    @Test(
        arguments: chosen([
            ("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm9vYg==", "foob"), ("Zm9vYmE=", "fooba"),
            ("Zm9vYmFy", "foobar"),
        ])) func vectors(text: String, expected: String)
    {
        #expect(string(Base64.decode(bytes(text))) == expected)
    }

    /// As mail has it: without padding, with blanks and what does not belong there, and with a footer behind.
    @Test(
        arguments: chosen([
            ("YWJj", "abc"), ("YWI", "ab"), ("YQ", "a"), ("Y W\tJ!j", "abc"), ("YWJj\nZGVm\n", "abcdef"),
            ("YWJj\r\nZGVm\r\n", "abcdef"), ("YWI=\nYWI=", "abab"), ("YWJj\n\nA footer of a list\n", "abc"),
            ("YWJjYWJj\nYWI=\n____\nlist", "abcabcab"), ("YWJjYWJj\nYWJj\nwords of a footer", "abcabcabc"),
            ("YWJjZGVm\nZ2hp\namt\nsbW5v", "abcdefghijklmno"), ("YWJjZGVm\nZ2hpa\nmtsbW\n5v", "abcdefghijklmno"),
            ("\n\nYWJj", "abc"), ("YWJj\n\nZGVm", "abcdef"), ("====", ""), ("Y", ""), ("\n", ""), ("!!!!", ""),
        ])) func asMailHasIt(text: String, expected: String)
    {
        #expect(string(Base64.decode(bytes(text))) == expected)
    }

    @Test func everyByteComesBack() {
        let data = (0...255).map { UInt8($0) }
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var text: [UInt8] = []
        for start in stride(from: 0, to: 255, by: 3) {
            let bits = data[start..<(start + 3)].reduce(0) { $0 << 8 | Int($1) }
            for shift in [18, 12, 6, 0] { text.append(alphabet[bits >> shift & 63]) }
        }
        #expect(Base64.decode(slice(text)) == Array(data.dropLast()))
    }
}
