import Secrets
import Testing
import Trials

@testable import IMAP

/// What a server says, as `check` shows it: never with the user's secret in it.
struct ServerTextTests {
    private static let secret = #"Tr0ub4dor&3-"x\y"#
    private static let alphabet = Array("abcdefghijklmnopqrstuvwxyz0123456789".utf8)

    private func shown(_ text: String, _ secrets: String...) -> String { shown(Array(text.utf8), secrets) }
    private func shown(_ text: [UInt8], _ secrets: [String]) -> String {
        ServerText(HeardText(text), blanking: secrets.map { Secret(Array($0.utf8)) }).shown
    }
    private static func base64(_ text: String) -> String {
        String(decoding: IMAP.Base64.encode(Array(text.utf8)), as: UTF8.self)
    }

    static let echoes: [(String, String)] = [
        ("as it is", secret), ("in capitals", secret.uppercased()),
        ("quoted", #"Tr0ub4dor&3-\"x\\y"#), ("url", "Tr0ub4dor%263-%22x%5Cy"),
        ("url, all of it", secret.utf8.map { "%" + hex($0) }.joined()),
        ("hexadecimal", secret.utf8.map(hex).joined()),
        ("base64", base64(secret)), ("sasl plain", base64("\0webmaster@example.co.jp\0" + secret)),
        ("sasl plain with authzid", base64("webmaster@example.co.jp\0webmaster@example.co.jp\0" + secret)),
        ("xoauth2", base64("user=webmaster@example.co.jp\u{1}auth=Bearer \(secret)\u{1}\u{1}")),
        ("base64, one before", base64("a" + secret)), ("base64, two before", base64("ab" + secret + "cd")),
        ("base64 of urls", base64("?" + secret).replacing("+", with: "-").replacing("/", with: "_")),
        ("cut at its end", String(secret.dropLast(3))), ("cut at its start", String(secret.dropFirst(3))),
        ("base64, cut", String(base64("\0user\0" + secret).dropLast(7))),
    ]
    private static func hex(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }

    @Test(arguments: chosen(echoes) { $0.0 }) func anEchoIsBlanked(name: String, echo: String) {
        let shown = shown("NO LOGIN user <\(echo)> was refused", Self.secret)
        #expect(shown == "NO LOGIN user <***> was refused", "\(name)")
    }

    @Test func ofSeveralSecretsEach() {
        #expect(shown("first-token or other-token?", "first-token", "other-token") == "*** or ***?")
    }

    /// Of random ones, in each disguise and between any neighbours, no six characters are seen.
    @Test func nothingOfARandomOne() {
        var random = Seeded(Seed.choose())
        func word(_ count: Int) -> String {
            String(
                decoding: (0..<count).map { _ in Self.alphabet.randomElement(using: &random) ?? 0x61 }, as: UTF8.self)
        }
        for _ in 0..<300 {
            let secret = word(.random(in: 8...40, using: &random))
            let around = (word(.random(in: 0...5, using: &random)), word(.random(in: 0...5, using: &random)))
            for echo in [around.0 + secret + around.1, Self.base64(around.0 + secret + around.1)] {
                let text = shown("NO <\(echo)>", secret)
                #expect(
                    text.hasPrefix("NO <") && text.hasSuffix(">") && text.contains("***") && text.utf8.count < 20,
                    "\(secret): \(text)")
            }
        }
    }

    @Test func whatHoldsNoSecretStays() {
        let text =
            "[ALERT] Please log in via your web browser: https://support.google.com/mail/accounts/answer/78754 (Failure)"
        #expect(shown(text, Self.secret) == text)
    }

    /// Too short to be told from the words around it.
    @Test(arguments: chosen(["", "a", "abc"])) func aTinySecretHidesAll(secret: String) {
        #expect(shown("an abc", secret) == "***")
    }

    @Test func itIsCutAt200AndAfterTheBlanking() {
        #expect(shown(String(repeating: "é", count: 900), Self.secret) == String(repeating: "é", count: 200))
        // A secret that the cut would go through is blanked all the same.
        #expect(shown(String(repeating: "-", count: 195) + " " + Self.secret, Self.secret).hasSuffix("- ***"))
        #expect(shown(String(repeating: "\(Self.secret) ", count: 500), Self.secret).utf8.count == 200)
    }

    @Test(
        arguments: chosen([
            ("a\u{1B}[31mb", "a?[31mb"), ("a\u{202E}b", "a?b"), ("a\u{9B}b", "a?b"), ("a\0\tb", "a??b"), ("日本語", "日本語"),
        ]))
    func onlyWhatIsPrintable(text: String, shown: String) { #expect(self.shown(text, Self.secret) == shown) }

    @Test func whatIsNoUTF8() { #expect(shown([0x61, 0xFF, 0x62], [Self.secret]) == "a\u{FFFD}b") }

    /// It goes by one door only.
    @Test func itIsNotPrintedByAccident() {
        let text = ServerText(HeardText("words".utf8), blanking: [])
        #expect(!"\(text) \(String(reflecting: text))".contains("words"))
        #expect(Mirror(reflecting: text).children.isEmpty)
        #expect((text as Any) as? any Encodable == nil)
    }

    @Test func nothingIsKeptUnlessSomebodyAsked() throws {
        var reader = ResponseReader()
        _ = try reader.read(wire("* OK x\n"))
        _ = try reader.read(wire("1 NO words\n"))
        #expect(reader.heard == nil)
        reader.keepsText = true
        _ = try reader.read(wire("1 NO [ALERT] words\n"))
        #expect(reader.heard == HeardText("[ALERT] words".utf8, isAlert: true))
        _ = try reader.read(wire("* OK [ALERT] words\n"))
        #expect(reader.heard == HeardText("[ALERT] words".utf8, isAlert: true))
        _ = try reader.read(wire("* OK words\n"))
        #expect(reader.heard == nil)
    }
}
