import FoundationEssentials
import Glibc

/// The one-time-password mail, as its sender composes it unless told otherwise.
struct Letter: Sendable {
    enum Encoding: Sendable {
        /// 7 bit, as the sender does
        case iso2022jp
        case utf8Base64
        /// 8 bit
        case shiftJIS, utf8
    }

    static let loginURL = "https://www.login.secomtrust.net/customer/customer/pfw/pfw-public-user-login.do"

    var password: String
    var url = Letter.loginURL
    var from = "ra-support@secom.co.jp"
    var to = "webmaster@example.co.jp"
    var subject = "お客様専用画面ログイン用ワンタイムパスワードのご案内"
    var date = Date.now
    var encoding = Encoding.iso2022jp

    /// A letter with a new password, which no log may ever hold.
    init() throws { password = try Stage.require().secret() }

    var text: String {
        """
        お客さま

        平素よりセコムパスポートｆｏｒＷｅｂをご利用いただき、誠にありがとうござ
        います。
        下記ＵＲＬにアクセスし、アクセスキーとワンタイムパスワードを入力のうえ、ログ
        インしてください。

        ○ワンタイムパスワード
            ・ワンタイムパスワード：\(password)
            ・ログイン用ＵＲＬ：\(url)

        ※ワンタイムパスワードは１回のログインにのみ有効です。
        ※アクセスキーをお忘れの場合は、下記ＵＲＬより再取得をお願いいたします。
          https://www.secomtrust.net/service/pfw/user/login.html

        """
    }

    var bytes: [UInt8] {
        let (charset, transfer): (String, String) =
            switch encoding {
            case .iso2022jp: ("ISO-2022-JP", "7bit")
            case .utf8Base64: ("UTF-8", "base64")
            case .utf8: ("UTF-8", "8bit")
            case .shiftJIS: ("Shift_JIS", "8bit")
            }
        func encoded(_ text: String) -> [UInt8] { Iconv.encode(text, charset) }
        func word(_ text: some StringProtocol) -> String {
            "=?\(charset)?B?\(Base64.encode(encoded(String(text))))?="
        }
        let words = [subject.prefix(11), subject.dropFirst(11)].filter { !$0.isEmpty }.map { word($0) }
        let header = """
            Date: \(rfc5322(date))
            From: \(word("セコムCAサポートセンター")) <\(from)>
            To: \(to)
            Subject: \(words.joined(separator: "\n "))
            Message-ID: <\(UInt64.random(in: 0 ... .max))@secom.co.jp>
            MIME-Version: 1.0
            Content-Type: text/plain; charset=\(charset)
            Content-Transfer-Encoding: \(transfer)


            """
        let body = encoded(text)
        guard encoding == .utf8Base64 else { return Array(header.utf8) + body }
        return Array((header + Data(body).base64EncodedString(options: .lineLength76Characters)).utf8)
    }
}

private func rfc5322(_ date: Date) -> String { format(date, "%a, %d %b %Y %H:%M:%S +0000") }

/// A date as APPEND takes it (RFC 3501, section 9).
func rfc3501(_ date: Date) -> String { format(date, "%d-%b-%Y %H:%M:%S +0000") }

private func format(_ date: Date, _ pattern: String) -> String {
    var seconds = time_t(date.timeIntervalSince1970)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    var buffer = [CChar](repeating: 0, count: 64)
    strftime(&buffer, buffer.count, pattern, &parts)
    return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
}
