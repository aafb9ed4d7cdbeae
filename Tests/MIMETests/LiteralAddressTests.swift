import MIME
import Testing
import Trials

@Suite struct LiteralAddressTests {
    private static let address = "ra@secom.example"

    private func isTheOnlyOne(_ value: String) -> Bool {
        LiteralAddress(Array(Self.address.utf8)[...], in: Array(value.utf8)[...]).isTheOnlyOne
    }

    /// Every escape of ISO-2022-JP's family (RFC 1468, 1554, 2237; JIS X 0213).
    static let escapes = ["(B", "(J", "(I", "(H", "$@", "$B", "$(D", "$(O", "$(Q", "&@\u{1B}$B"].map { "\u{1B}" + $0 }

    @Test(arguments: chosen(escapes), 0...address.count)
    func noEscapeWithin(escape: String, index: Int) {
        let split = Self.address.prefix(index) + escape + Self.address.dropFirst(index)
        #expect(!isTheOnlyOne(String(split)))
        // Before the `<` it may be read over where the text is ASCII again.
        if index > 0 { #expect(!isTheOnlyOne("\u{1B}$B%;\u{1B}(B <\(split)>")) }
    }

    @Test(arguments: chosen(escapes)) func inAnotherSetItIsNotThere(escape: String) {
        let isASCII = ["(B", "(J", "(H"].contains { escape.hasSuffix($0) }
        #expect(isTheOnlyOne("\(escape)<\(Self.address)>") == isASCII)
        #expect(isTheOnlyOne("\(escape)x\(escape)y\u{1B}(B<\(Self.address)>"))
    }

    @Test(arguments: chosen(escapes.filter { !$0.hasSuffix("(B") })) func noneHiddenBesideIt(escape: String) {
        for hidden in ["x@evil.example", "<x@evil.example>", "<x@evil>", "xx@[192.0.2.1]", "xx@a.b"] {
            #expect(!isTheOnlyOne("\(escape)\(hidden)\u{1B}(B <\(Self.address)>"), "\(hidden)")
        }
    }

    @Test func bytesBeyondASCII() {
        // "株式会社　ＣＡ" and "ソ" in Shift_JIS, whose second bytes are @ and a backslash.
        for name: [UInt8] in [[0x8E, 0xD0, 0x81, 0x40, 0x82, 0x62], [0x81, 0x40, 0x43, 0x41], [0x83, 0x5C]] {
            #expect(LiteralAddress(Array("a@b.c".utf8)[...], in: (name + Array(" <a@b.c>".utf8))[...]).isTheOnlyOne)
        }
        #expect(
            !LiteralAddress(Array("a@b.c".utf8)[...], in: ([0x81] + Array("@evil.example <a@b.c>".utf8))[...])
                .isTheOnlyOne)
    }

    @Test func onceAndAlone() {
        #expect(
            isTheOnlyOne("ra@secom.example") && isTheOnlyOne("RA@Secom.EXAMPLE") && isTheOnlyOne("x <ra@secom.example>")
        )
        #expect(!isTheOnlyOne("") && !isTheOnlyOne("ra@secom") && !isTheOnlyOne("ra@secom.example ra@secom.example"))
        #expect(!isTheOnlyOne("a@b <ra@secom.example>") && !isTheOnlyOne("<ra@secom.example> a@b"))
        #expect(!isTheOnlyOne("\u{E}x\u{F}ra@secom.example") && isTheOnlyOne("\u{E}x\u{F}<ra@secom.example>"))
    }
}
