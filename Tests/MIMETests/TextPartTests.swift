import Testing
import Trials

@testable import MIME

@Suite struct TextPartTests {
    private func texts(_ message: String, _ limits: Limits = Limits()) throws -> [String] {
        try Entity(bytes(message), limits: limits).textParts(limits: limits).map { part in
            (part.isHTML ? "HTML " : "") + string(try part.text(limits: limits))
        }
    }

    /// A multipart, with parts that have a header and a body each.
    private func multipart(_ parts: [String], _ type: String = "mixed", boundary: String = "b") -> String {
        "Content-Type: multipart/\(type); boundary=\(boundary)\n\n" + parts.map { "--\(boundary)\n\($0)\n" }.joined()
            + "--\(boundary)--\n"
    }

    @Test func transferEncodingCharsetAndFlow() throws {
        #expect(try texts("\nabc") == ["abc"])
        #expect(try texts("Content-Type: text/html\n\nabc") == ["HTML abc"])
        #expect(try texts("Content-Transfer-Encoding: base64\n\n44GC") == ["あ"])
        #expect(
            try texts(
                "Content-Type: text/plain; charset=shift_jis\nContent-Transfer-Encoding: quoted-printable\n\n=83\\")
                == ["ソ"])
        #expect(try texts("Content-Type: text/plain; format=flowed; delsp=yes\n\nab \ncd\n") == ["abcd\n"])
        #expect(try texts("Content-Type: text/plain; format=flowed\n\nab \ncd\n") == ["ab cd\n"])
        #expect(try texts("Content-Type: text/html; format=flowed\n\nab \ncd\n") == ["HTML ab \ncd\n"])
    }

    /// A label that the bytes belie: raw letters under it were never encoded, whatever of them looks so.
    @Test(arguments: chosen(["あ ab=41=3Dcd", "\u{1B}$B$\"\u{1B}(B ab=41", "あ\n=E3x=8", "YWJj\nあ", "あ=\nab", "aあ"]))
    func whatWasNeverEncoded(_ text: String) throws {
        let plain = text.replacing("\u{1B}$B$\"\u{1B}(B", with: "あ")
        for encoding in ["quoted-printable", "base64"] where !(encoding == "quoted-printable" && text.contains("=E3")) {
            #expect(try texts("Content-Transfer-Encoding: \(encoding)\n\n\(text)") == [plain])
        }
    }

    /// A footer may stand as it is below what was encoded.
    @Test func encodedWithAFooterThatIsNot() throws {
        let encoded = "=E3=81=82=41\nあ"
        #expect(try texts("Content-Transfer-Encoding: quoted-printable\n\n\(encoded)") == ["あA\nあ"])
        let jis = "=1B$B$\"=1B(B=41\n\u{1B}$B$\"\u{1B}(B"
        #expect(try texts("Content-Transfer-Encoding: quoted-printable\n\n\(jis)") == ["あA\nあ"])
        let line = String(repeating: "YWJj", count: 10)
        let letter = String(repeating: "abc", count: 10)
        #expect(try texts("Content-Transfer-Encoding: base64\n\n\(line)\n\nあ\n") == [letter])
        #expect(try texts("Content-Transfer-Encoding: base64\n\n\(line)\n") == [letter])
        #expect(try texts("Content-Transfer-Encoding: quoted-printable\n\na=41") == ["aA"])
        #expect(try texts("Content-Transfer-Encoding: base64\n\nYWJj") == ["abc"])
    }

    @Test func whatAReaderSees() throws {
        let parts = multipart([
            "Content-Type: text/plain\n\n1", "Content-Type: text/html\n\n2", "Content-Disposition: attachment\n\n3",
            "Content-Type: image/png\n\n4", "Content-Type: message/rfc822\n\nSubject: x\n\n5", "\n6",
        ])
        #expect(try texts(parts) == ["1\n", "HTML 2\n", "6\n"])
        #expect(try texts(multipart([multipart(["\n1"], "alternative", boundary: "c"), "\n2"])) == ["1\n", "2\n"])
        // What has no type in a digest is a message; what has one is what it says.
        #expect(try texts(multipart(["\nSubject: x\n\n1", "Content-Type: text/plain\n\n2"], "digest")) == ["2\n"])
        let attached = "Content-Disposition: attachment\n" + multipart(["\n1"], boundary: "c")
        #expect(try texts(multipart([attached, "\n2"])) == ["2\n"])
        #expect(try texts("Content-Type: image/png\n\nx") == [])
    }

    @Test(
        arguments: chosen([
            "Content-Type: multipart/mixed\n\n--b\n\n1", "Content-Type: multipart/mixed; boundary=\n\n1",
            "Content-Type: multipart/mixed; boundary=\"\"\n\n1",
            "Content-Type: multipart/mixed; boundary=\(String(repeating: "b", count: 257))\n\n1",
        ])) func withoutABoundary(message: String)
    {
        #expect(throws: MalformedMessage.multipartWithoutBoundary) { try texts(message) }
    }

    @Test func depth() throws {
        func nested(_ depth: Int) -> String {
            (0..<depth).reduce("\ntext") { inner, level in multipart([inner], boundary: "b\(level)") }
        }
        let limits = Limits()
        #expect(try texts(nested(limits.depth), limits).count == 1)
        #expect(throws: MalformedMessage.nestedTooDeep) { try texts(nested(limits.depth + 1), limits) }
        #expect(throws: MalformedMessage.nestedTooDeep) { try texts(nested(200), limits) }
    }

    @Test func numberOfParts() throws {
        var limits = Limits()
        limits.parts = 4
        #expect(try texts(multipart(Array(repeating: "\nx", count: 3)), limits).count == 3)
        #expect(throws: MalformedMessage.tooManyParts) {
            try texts(multipart(Array(repeating: "\nx", count: 4)), limits)
        }
        #expect(throws: MalformedMessage.tooManyParts) {
            try texts(multipart(Array(repeating: "\nx", count: 100_000)), limits)
        }
    }

    @Test func lengthOfText() throws {
        var limits = Limits()
        limits.text = 10
        #expect(try texts("\n0123456789", limits) == ["0123456789"])
        #expect(throws: MalformedMessage.tooMuchText) { try texts("\n0123456789a", limits) }
        #expect(throws: MalformedMessage.tooMuchText) {
            try texts("Content-Transfer-Encoding: base64\n\n\(String(repeating: "YWJj", count: 4))", limits)
        }
    }

    @Test func aPartsHeaderIsBoundedToo() {
        var limits = Limits()
        limits.headerFields = 2
        #expect(throws: MalformedMessage.tooManyHeaderFields) {
            try texts(multipart(["A: 1\nB: 2\nC: 3\n\nx"]), limits)
        }
    }
}
