import Recognition
import Testing
import Trials

/// Whatever a forger puts beside SECOM's address: no mail is accepted whose header holds another address where some reader may look
/// for its author.
@Suite struct ForgedHeaderTests {
    private static let seed = Seed.choose()
    private static let sender = "ra-support@secom.co.jp"
    private static let pieces = [
        "<\(sender)>", sender, "x@evil.example", "<x@evil.example>", "\"x@evil.example\"", "(x@evil.example)", "SECOM",
        "セコム", " ", "\r\n ", "\r\n\t",
        "\r", "\n", "\n ", "\r ", "\0", "\u{1B}$B", "\u{1B}(B", "\u{1B}(J", "\u{1B}(I", "\u{E}", "\u{F}", ",", ";", ":",
        "\"", "(", ")", "\\", "<", ">",
        "=?utf-8?q?x=40evil.example?=", "\r\nFrom: ", "\rFrom: ", "\nFrom: ", "\u{B}From: ", "\rX: ",
        "\r\r\n ", "@",
    ]

    @Test(arguments: chosen((0..<2_000).map { seed &+ $0 }))
    func noOtherAddressBesideTheSenders(seed: UInt64) {
        var random = Seeded(seed)
        let value = (0..<Int.random(in: 1...7, using: &random)).map { _ in
            Self.pieces.randomElement(using: &random) ?? ""
        }.joined()
        var mail = Mail()
        mail.lineEnd = "\n"
        mail.to = []
        let rest = String(decoding: mail.bytes, as: UTF8.self).replacing("\n", with: "\r\n").drop { $0 != "\r\n" }
            .dropFirst()
        let message = Array("Received: from a\r\nFrom: \(value)\r\n\(rest)".utf8)
        let reading = Recognition(of: message, internalDate: nil, rules: RecognitionRules())
        guard reading.reason == nil else { return }
        let header = message.prefix(message.count - rest.utf8.count)
        #expect(Set(addresses(in: header)) == [Self.sender], "\(value.debugDescription)")
        #expect(!header.contains(0))
    }

    /// What anybody might take for an address, escapes or not.
    private func addresses(in bytes: some Sequence<UInt8>) -> [String] {
        let text = Array(bytes)
        return text.indices.filter { text[$0] == 0x40 }.compactMap { at in
            func isPart(_ byte: UInt8) -> Bool { byte.isLetterOrDigit || "-_.".utf8.contains(byte) }
            let local = text[..<at].reversed().prefix(while: isPart).reversed()
            let domain = text[(at + 1)...].prefix(while: isPart)
            return local.isEmpty || domain.isEmpty
                ? nil : String(decoding: Array(local) + [0x40] + domain, as: UTF8.self)
        }
    }

    /// That some are accepted, else nothing would be shown above.
    @Test func theSendersAloneIsAccepted() {
        for from in ["セコム <\(Self.sender)>", "\(Self.sender)\n\t", "\u{1B}$B%;%3%`\u{1B}(B\n <\(Self.sender)>"] {
            var mail = Mail()
            mail.from = ["From: \(from)"]
            mail.lineEnd = "\n"
            #expect(Recognition(mail).reason == nil)
        }
    }
}

extension UInt8 {
    fileprivate var isLetterOrDigit: Bool { (self | 0x20) &- 0x61 < 26 || self &- 0x30 < 10 }
}
