import Testing

@testable import MIME

@Suite struct ASCIITests {
    @Test func lowerCaseIsThatOfLettersAlone() {
        for byte in UInt8.min ... .max {
            let isUpper = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            #expect(byte.lowercased == (isUpper ? byte + 32 : byte))
            #expect(byte.isASCIILetter == (isUpper || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)))
            #expect(byte.isASCIIDigit == (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte))
        }
    }

    @Test func hexadecimalDigits() {
        for byte in UInt8.min ... .max {
            let expected = byte < 0x80 ? UInt8(string([byte]), radix: 16) : nil
            #expect(byte.hexValue == expected)
        }
    }

    @Test func caseDoesNotCountAndLengthDoes() {
        #expect(bytes("Content-TYPE").equalsIgnoringCase("content-type"))
        #expect(bytes("a@B").equalsIgnoringCase(bytes("A@b")))
        #expect(!bytes("Content-Typ").equalsIgnoringCase("content-type"))
        #expect(!bytes("content-type").equalsIgnoringCase("content-typ"))
        // `[` and `{`, `@` and a grave accent are as far apart as a letter's two cases.
        #expect(!bytes("[@").equalsIgnoringCase("{`"))
        #expect(bytes("").equalsIgnoringCase(""))
    }

    @Test func trimming() {
        #expect(string(bytes(" \t\r\na b \n").trimmed) == "a b")
        #expect(bytes(" \t\r\n").trimmed.isEmpty)
        #expect(bytes("").trimmed.isEmpty)
        #expect(string(slice(Array(" a ".utf8)).trimmed) == "a")
    }

    @Test func sets() {
        let set = ASCIISet("\0?@\u{7F}é")
        let members: [UInt8] = [0, 0x3F, 0x40, 0x7F]
        for byte in UInt8.min ... .max { #expect(set.contains(byte) == members.contains(byte)) }
    }
}
