import MIME
import Recognition
import Testing
import Trials

/// Whatever is done to an accepted mail on its way by re-encoding, by wrapping at white space, by text before and behind: the verdict
/// is the same password and the same URL, or a refusal. Never another value.
@Suite struct RewrapTests {
    private static let seed = Seed.choose()
    private static let passwords = [
        "aB3$x9Kq2L", "ab(cd)ef", "]x9-Kq2L", "a:b//c.d", "<&amp;>", "====abcd", "p%40ss_w",
        "Ab3dEf6hIj9lMn2pQr5tUv8xYz1Bc4De",
        "Zq8yXw5vUt2sRq9pOn6mLk3jIh0gFe7dCb4aAb3dEf6hIj9lMn2pQr5tUv8xYz1B",
    ]

    private struct Original {
        let password: String
        let url: String
        let rules: RecognitionRules
        let text: String

        init(_ random: inout Seeded) {
            func any(_ choices: [String]) -> String { choices.randomElement(using: &random) ?? "" }
            password = any(RewrapTests.passwords)
            url = Mail.loginURL
            var rules = RecognitionRules()
            if Bool.random(using: &random) { rules.loginPaths = [String(url.dropFirst(32))] }
            let quoted = url.replacing(":", with: "%3A").replacing("/", with: "%2F")
            let link = any([
                url, "<\(url)>", "\(url)<\(url)>",
                "https://jpn01.safelinks.protection.outlook.com/?url=\(quoted)&data=05%7C02&reserved=0",
                "https://urldefense.com/v3/__\(url)__;!!a!b$",
            ])
            self.rules = rules
            text = """
                お客さま各位　平素は格別のご高配を賜り、厚く御礼申し上げます。 下記よりログインしてください。
                \(any(["・", "", "　", "■ ", "1. "]))\(any(["ワンタイムパスワード", "【ワンタイムパスワード】"]))\(any(["：", ": ", "：\n", "：\n\n"]))\(any(["", "「"]))\(password)
                \(any(["・", "", "　"]))ログインURL\(any(["：", ": ", "：\n"]))\(link)

                ※ワンタイムパスワードは 24 時間で無効になります。 See https://www.secomtrust.net/ for more.
                """
        }
    }

    private func body(_ text: String, _ random: inout Seeded) -> (encoding: String, text: String) {
        let bytes = Array(text.utf8)
        guard Bool.random(using: &random) else { return ("8bit", text) }
        var quoted = ""
        for (index, byte) in bytes.enumerated() {
            if byte == 0x0A {
                quoted += "\n"
            } else {
                let hex = String(byte, radix: 16, uppercase: true)
                quoted += "=" + (hex.count == 1 ? "0" + hex : hex)
            }
            if index % 20 == 19 { quoted += "=\n" }
        }
        return ("quoted-printable", quoted)
    }

    /// As a gateway or a mailer changes a text.
    private func changed(_ text: String, _ random: inout Seeded) -> String {
        // One that wraps at any place: nothing but a URL or a long password is as long as its lines.
        if random.once(in: 4) {
            let width = Int.random(in: 30...90, using: &random)
            return text.split(separator: "\n", omittingEmptySubsequences: false).map { Self.cut(Array($0), width) }
                .joined(separator: "\n")
        }
        var text = text
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            var characters = Array(text)
            let blanks = characters.indices.filter { [" ", "　"].contains(characters[$0]) }
            switch Int.random(in: 0..<8, using: &random) {
            case 0: if let place = blanks.randomElement(using: &random) { characters[place] = "\n" }
            case 1: for place in blanks where Bool.random(using: &random) { characters[place] = "\n" }
            case 2:
                let ends = characters.indices.filter { characters[$0] == "\n" }
                characters.insert("\n", at: ends.randomElement(using: &random) ?? 0)
            case 3:
                return changed(
                    text.split(separator: "\n", omittingEmptySubsequences: false).map { "> \($0)" }.joined(
                        separator: "\n"), &random)
            case 4: characters = Array("【社外】このメールは社外から送信されています。 Caution: external mail\n\n") + characters
            case 5: characters += Array("\n-- \nScanned by: example gateway\nhttps://www.login.secomtrust.net.example/")
            case 6: characters = Array(text.replacing("\n", with: "\n\n"))
            default: characters = Array(text.replacing(" ", with: "\n").replacing("　", with: " "))
            }
            text = String(characters)
        }
        return text
    }

    private static func cut(_ line: [Character], _ width: Int) -> String {
        stride(from: 0, to: max(line.count, 1), by: width).map { String(line[$0..<min($0 + width, line.count)]) }
            .joined(separator: "\n")
    }

    @Test(arguments: chosen((0..<400).map { seed &+ $0 }))
    func theSameValueOrARefusal(seed: UInt64) {
        var random = Seeded(seed)
        let original = Original(&random)
        for html in [false, true] {
            let text = changed(original.text, &random)
            let shown = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\n", with: "<br>")
            var mail = html ? Mail.html(shown) : Mail()
            let (encoding, body) = body(html ? mail.body : text, &random)
            mail.content = [
                "Content-Type: text/\(html ? "html" : "plain"); charset=utf-8",
                "Content-Transfer-Encoding: \(encoding)",
            ]
            mail.body = body
            let reading = Recognition(mail, rules: original.rules)
            guard reading.reason == nil else { continue }
            #expect(reading.password == original.password && reading.loginURL == original.url, "\(text)")
        }
    }
}
