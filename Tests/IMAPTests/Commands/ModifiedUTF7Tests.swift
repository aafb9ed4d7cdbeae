import Testing
import Trials

@testable import IMAP

struct ModifiedUTF7Tests {
    /// RFC 3501, section 5.1.3; and what Dovecot names such folders.
    @Test(
        arguments: chosen([
            ("INBOX", "INBOX"), ("", ""), ("~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"), ("&", "&-"),
            ("a & b", "a &- b"), ("&&", "&-&-"), ("受信箱", "&U9dP4Xux-"), ("ワンタイムパスワード", "&MO8w8zC,MKQw4DDRMLkw7zD8MMk-"),
            ("é", "&AOk-"), ("Entwürfe", "Entw&APw-rfe"), ("日本&語", "&ZeVnLA-&-&ip4-"), ("😀", "&2D3eAA-"),
            ("\u{7F}", "&AH8-"), ("\t", "&AAk-"),
        ])) func encodes(name: String, encoded: String)
    {
        #expect(ModifiedUTF7.encode(name) == encoded)
    }

    /// Read back by a decoder of the test's own: every length and alignment, with characters beyond the BMP.
    @Test func anyNameComesBack() {
        var generator = SystemRandomNumberGenerator()
        let alphabet = Array("aZ09&-/,+ \"受信箱ワﾜé\u{301}😀𠮷\u{FFFD}\u{1}".unicodeScalars)
        for _ in 0..<5000 {
            var name = ""
            for _ in 0..<Int.random(in: 0...12, using: &generator) {
                if let scalar = alphabet.randomElement(using: &generator) { name.unicodeScalars.append(scalar) }
            }
            let encoded = ModifiedUTF7.encode(name)
            #expect(encoded.utf8.allSatisfy { 0x20...0x7E ~= $0 })
            #expect(Self.decode(encoded)?.unicodeScalars.elementsEqual(name.unicodeScalars) == true, "\(name)")
        }
    }

    /// Bit by bit, from the RFC alone; nil where the form is wrong.
    private static func decode(_ text: String) -> String? {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,")
        var units: [UInt16] = []
        var rest = Array(text)[...]
        while let character = rest.popFirst() {
            guard character == "&" else {
                units += Array(String(character).utf16)
                continue
            }
            guard let end = rest.firstIndex(of: "-") else { return nil }
            if end == rest.startIndex { units.append(0x26) }
            var bits: [Bool] = []
            for character in rest[..<end] {
                guard let value = alphabet.firstIndex(of: character) else { return nil }
                for bit in stride(from: 5, through: 0, by: -1) { bits.append(value >> bit & 1 == 1) }
            }
            while bits.count >= 16 {
                units.append(bits.prefix(16).reduce(0) { $0 << 1 | ($1 ? 1 : 0) })
                bits.removeFirst(16)
            }
            guard bits.count < 6, !bits.contains(true) else { return nil }
            rest = rest[(end + 1)...]
        }
        return String(validating: units, as: UTF16.self)
    }
}
