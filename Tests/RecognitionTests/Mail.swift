import FoundationEssentials
import MIME
import Recognition

/// A mail for the tests: the plain letter, with anything about it replaced.
struct Mail {
    static let loginURL = "https://www.login.secomtrust.net/customer/customer/pfw/pfw-public-user-login.do"

    var from = ["From: ra-support@secom.co.jp"]
    var subject = ["Subject: お客様専用画面ログイン用ワンタイムパスワードのご案内"]
    var date = ["Date: Tue, 10 Mar 2026 09:30:00 +0900"]
    var to = ["To: <webmaster@example.co.jp>"]
    var more: [String] = []
    var content = ["MIME-Version: 1.0", "Content-Type: text/plain; charset=UTF-8", "Content-Transfer-Encoding: 8bit"]
    var body = Self.letter(password: "aB3$x9Kq2L")
    var lineEnd = "\r\n"

    static func letter(password: String, url: String = loginURL) -> String {
        """
        お客さま各位

        下記ＵＲＬにアクセスし、ログインしてください。
        アクセスキーもご用意ください。 https://www.secomtrust.net/service/

        ○ワンタイムパスワード
            ・ワンタイムパスワード：\(password)
            ・ログイン用ＵＲＬ：\(url)

        ワンタイムパスワードは24時間で無効になります。
        """
    }

    static func html(_ body: String) -> Mail {
        var mail = Mail()
        mail.content = [
            "MIME-Version: 1.0", "Content-Type: text/html; charset=UTF-8", "Content-Transfer-Encoding: 8bit",
        ]
        mail.body = "<html><head><title>x</title></head><body>\(body)</body></html>"
        return mail
    }

    /// A multipart of parts, each with its own header.
    static func multipart(_ subtype: String = "mixed", _ parts: [String]) -> Mail {
        var mail = Mail()
        mail.content = ["MIME-Version: 1.0", "Content-Type: multipart/\(subtype); boundary=\"=_b\""]
        mail.body = parts.map { "--=_b\n\($0)\n" }.joined() + "--=_b--\n"
        return mail
    }

    var bytes: [UInt8] {
        let header = from + subject + date + to + more + content
        return Array((header.joined(separator: "\n") + "\n\n" + body).replacing("\n", with: lineEnd).utf8)
    }
}

extension Recognition {
    init(_ mail: Mail, internalDate: Date? = nil, rules: RecognitionRules = RecognitionRules()) {
        self.init(of: mail.bytes, internalDate: internalDate, rules: rules)
    }

    var password: String? {
        guard case .accepted(let accepted) = verdict else { return nil }
        return accepted.password.withBytes { String(decoding: $0, as: UTF8.self) }
    }

    var loginURL: String? {
        guard case .accepted(let accepted) = verdict else { return nil }
        return accepted.loginURL.string
    }

    var reason: Reason? { refusal?.reason }
}
