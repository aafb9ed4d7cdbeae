import MIME
import Recognition
import Testing
import Trials

/// Any password of the alphabet, in any charset, transfer encoding and layout, comes out byte for byte; and with one
/// rule broken, never.
@Suite struct PropertyTests {
    /// Of the first of these mails; a failing case says its own.
    private static let seed = Seed.choose()

    private static let bullets = ["", "・", "● ", "  ", "　※", "* ", "1) ", "→"]
    private static let spaces = ["", " ", "　", "\t", "\u{A0}"]
    private static let colons = [":", "："]

    /// A plain letter; its parts are left to the caller to break.
    private func body(_ password: String, _ random: inout Seeded) -> String {
        func any(_ choices: [String]) -> String { choices.randomElement(using: &random) ?? "" }
        let password =
            "\(any(Self.bullets))\(any(["ワンタイムパスワード", "ﾜﾝﾀｲﾑﾊﾟｽﾜｰﾄﾞ"]))\(any(Self.spaces))\(any(Self.colons))\(any(Self.spaces))\(password)\(any(Self.spaces))"
        let url =
            "\(any(Self.bullets))\(any(["ログインURL", "ログイン用ＵＲＬ", "ﾛｸﾞｲﾝ用URL"]))\(any(Self.colons))\(any(Self.spaces))\(any(["\(Mail.loginURL)", "<\(Mail.loginURL)>"]))"
        return "お客さま各位\n○ワンタイムパスワード\n\(password)\n\(url)\n24時間\n"
    }

    private func encode(_ body: String, _ random: inout Seeded) -> (header: String, body: String) {
        let bytes = Array(body.utf8)
        switch Int.random(in: 0...2, using: &random) {
        case 0: return ("8bit", body)
        case 1:
            var text = ""
            for (index, byte) in bytes.enumerated() {
                if byte == 0x0A {
                    text += "\n"
                } else {
                    let hex = String(byte, radix: 16, uppercase: true)
                    text += "=" + (hex.count == 1 ? "0" + hex : hex)
                }
                if index % 25 == 24 { text += "=\n" }
            }
            return ("quoted-printable", text)
        default:
            let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
            var text = ""
            for start in stride(from: 0, to: bytes.count, by: 3) {
                let group = bytes[start..<min(start + 3, bytes.count)]
                let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
                for digit in 0..<4 {
                    text += digit <= group.count ? String(alphabet[bits >> (18 - 6 * digit) & 63]) : "="
                }
                if start % 57 == 54 { text += "\n" }
            }
            return ("base64", text)
        }
    }

    @Test(arguments: chosen((0..<300).map { seed &+ $0 }))
    func theRightPasswordOrTheRightRefusal(seed: UInt64) {
        var random = Seeded(seed)
        let alphabet = (0x21...0x7E).map { UInt8($0) }
        let length = Int.random(in: 4...64, using: &random)
        let password = String(
            decoding: (0..<length).map { _ in alphabet.randomElement(using: &random) ?? 0x21 }, as: UTF8.self)
        let text = body(password, &random)

        func reading(_ text: String, _ change: (inout Mail) -> Void = { _ in }) -> Recognition {
            var mail = Mail()
            let (encoding, body) = encode(text, &random)
            mail.content = ["Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: \(encoding)"]
            mail.body = body
            change(&mail)
            return Recognition(mail)
        }

        let whole = reading(text)
        #expect(whole.password == password && whole.loginURL == Mail.loginURL)
        #expect(reading(text) { $0.from = ["From: x\($0.from[0].dropFirst(6))"] }.reason == .wrongSender)
        #expect(reading(text) { $0.from += ["From: a@b.example"] }.reason == .malformed)
        #expect(reading(text) { $0.subject = [$0.subject[0] + "!"] }.reason == .wrongSubject)
        #expect(reading(text.replacing("ード", with: "ート").replacing("ﾄﾞ", with: "ﾄ")).reason == .noPassword)
        #expect(
            reading(text.replacing(Mail.loginURL, with: "http" + Mail.loginURL.dropFirst(5))).reason
                == .loginURLNotAllowed)
        #expect(reading(text.replacing(Mail.loginURL, with: "")).reason == .noLoginURL)
        #expect(reading(text + "ワンタイムパスワード: other\(seed)").reason == .ambiguousPassword)
        #expect(reading(text + "ログインURL: \(Mail.loginURL)#").reason == .ambiguousLoginURL)
        #expect(reading(text.replacing(password, with: "\(password)\u{200B}")).reason == .noPassword)
    }
}
