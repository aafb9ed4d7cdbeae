import Calendar
import FoundationEssentials
import MIME
import Recognition

/// A sample mail in the form of the sender's, by the rules of the configuration, to test a mail's whole path. Its password
/// begins with SAMPLE and opens nothing.
struct SampleLetter {
    private static let sender = "セコムCAサポートセンター"
    /// Where SECOM's own letters lead.
    private static let loginPath = "/customer/customer/pfw/pfw-public-user-login.do"
    private static let letters = Array("abcdefghijkmnpqrstuvwxyz23456789")

    let rules: RecognitionRules
    /// One address, in ASCII.
    let recipient: String
    let date: Date
    /// A new one each time: who has had a password once, does not get it again.
    let password = "SAMPLE" + String((0..<6).map { _ in letters.randomElement() ?? "x" })

    /// As a file: its lines end with LF, as sendmail(8) takes them.
    var bytes: [UInt8] {
        // Labels of one's own may hold what that charset has not.
        if let body = ISO2022JP.encode(text), let letter = letter("ISO-2022-JP", "7bit", body, ISO2022JP.encode) {
            return letter
        }
        return letter("UTF-8", "8bit", Array(text.utf8)) { Array($0.utf8) } ?? []
    }

    private func letter(_ charset: String, _ transfer: String, _ body: [UInt8], _ encode: (String) -> [UInt8]?)
        -> [UInt8]?
    {
        guard let sender = words(Self.sender, charset, encode), let subject = words(rules.subject, charset, encode)
        else {
            return nil
        }
        let domain = rules.from.split(separator: "@").last ?? "localhost"
        let header = """
            Date: \(Self.format(date))
            From: \(sender) <\(rules.from)>
            To: \(recipient)
            Subject: \(subject)
            Message-ID: <sample.\(UInt64.random(in: 0 ... .max))@\(domain)>
            MIME-Version: 1.0
            Content-Type: text/plain; charset=\(charset)
            Content-Transfer-Encoding: \(transfer)


            """
        return Array(header.utf8) + body
    }

    private var text: String {
        """
        （secom-otpd explain --sample が作った試験用のメールです。セコムからのものでは
        ありません。）

        お客さま

        平素よりセコムパスポートｆｏｒＷｅｂをご利用いただき、誠にありがとうござ
        います。
        下記ＵＲＬにアクセスし、アクセスキーとワンタイムパスワードを入力のうえ、ログ
        インしてください。

        ○ワンタイムパスワード
            ・\(rules.passwordLabels.first ?? "")：\(password)
            ・\(rules.loginURLLabels.first ?? "")：\(loginURL)

        ※ワンタイムパスワードは１回のログインにのみ有効です。

        """
    }

    var loginURL: String { "https://\(rules.loginHosts.first ?? "")\(rules.loginPaths.first ?? Self.loginPath)" }

    /// Encoded-words of at most 75 characters (RFC 2047, section 2), none of which splits a character; ASCII as it is.
    private func words(_ text: String, _ charset: String, _ encode: (String) -> [UInt8]?) -> String? {
        if text.utf8.allSatisfy({ 0x20...0x7E ~= $0 }), text.utf8.count < 60 { return text }
        var words: [String] = []
        var rest = Array(text)[...]
        while !rest.isEmpty {
            guard let bytes = encode(String(rest.prefix(11))) else { return nil }
            words.append("=?\(charset)?B?\(Data(bytes).base64EncodedString())?=")
            rest = rest.dropFirst(11)
        }
        return words.joined(separator: "\n ")
    }

    /// As RFC 5322, section 3.3, has it, in UTC.
    static func format(_ date: Date) -> String {
        let seconds = Int64(date.timeIntervalSince1970.rounded(.down))
        let day = CivilDate(unixTime: seconds)
        let time = seconds - day.daysSince1970 * 86_400
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let clock = "\(two(time / 3600)):\(two(time / 60 % 60)):\(two(time % 60))"
        return "\(two(day.day)) \(day.monthName) \(day.year) \(clock) +0000"
    }
}
