import Foundation
import Testing
import Trials

@testable import secom_otpd

@Suite struct ConfigurationTests {
    static let good = """
        [socket]
        path = "/run/x.sock"
        mode = "0660"
        claim = ["root", "@daemon"]
        status = ["root"]
        [handoff]
        worker_socket = "/run/worker.sock"
        claim_mark = "memory"
        [mail]
        from = "a@example.jp"
        subject = "件名"
        subject_prefixes = ["[外部]"]
        subject_suffixes = ["(社外)"]
        password_labels = ["認証コード"]
        login_url_labels = ["URL", "ログイン先ＵＲＬ"]
        login_hosts = ["login.example.jp"]
        login_paths = ["/login.do"]
        valid_for = "12h"
        authserv_id = "mx.example.jp"
        require_authentication = ["dmarc", "dkim"]
        [[mailbox]]
        name = "main"
        host = "imap.example.jp"
        port = 1993
        tls = "starttls"
        user = "u"
        password = { file = "/etc/x" }
        folder = "受信箱"
        poll = "30s"
        eager_poll = "0s"
        after_use = { move = "使用済み" }
        """

    private func problems(_ text: String) -> [String] {
        do {
            _ = try ConfigurationReader.parse(text, file: "x.toml")
            return []
        } catch { return error.description.split(separator: "\n").map(String.init) }
    }

    /// `x.toml:LINE: KEY: `
    private func told(_ problem: String, of key: String) -> Bool {
        let rest = problem.dropFirst("x.toml:".count).drop { $0.isNumber }
        return problem.hasPrefix("x.toml:") && rest.hasPrefix(": \(key): ")
    }

    @Test func everyKeyIsRead() throws {
        let configuration = try ConfigurationReader.parse(Self.good, file: "x.toml")
        #expect(configuration.socket.path == "/run/x.sock" && configuration.socket.mode == 0o660)
        #expect(configuration.workerSocket == "/run/worker.sock" && configuration.claimMark == .memory)
        #expect(configuration.rules.passwordLabels == ["認証コード"] && configuration.rules.loginPaths == ["/login.do"])
        #expect(configuration.rules.loginURLLabels == ["URL", "ログイン先ＵＲＬ"])
        #expect(configuration.rules.subjectSuffixes == ["(社外)"] && configuration.rules.authservID == "mx.example.jp")
        #expect(configuration.rules.from == "a@example.jp" && configuration.rules.validFor == .seconds(43_200))
        let mailbox = try #require(configuration.mailboxes.first)
        #expect(mailbox.endpoint.port == 1993 && mailbox.endpoint.protection == .starttls)
        #expect(mailbox.login == .password(.file("/etc/x")) && mailbox.folder == "受信箱")
        #expect(mailbox.poll == .seconds(30) && mailbox.eagerPoll == .zero && mailbox.afterUse == .move("使用済み"))
    }

    /// One line of the good file is replaced; exactly this key is named.
    @Test(
        arguments: chosen([
            ("path = \"/run/x.sock\"", "path = \"x\"", "socket.path"),
            ("mode = \"0660\"", "mode = \"0999\"", "socket.mode"),
            ("mode = \"0660\"", "mode = 660", "socket.mode"), ("mode = \"0660\"", "modus = \"0660\"", "socket.modus"),
            ("claim = [\"root\", \"@daemon\"]", "claim = []", "socket.claim"),
            ("status = [\"root\"]", "status = [\"nobody-here\"]", "socket.status"),
            ("claim_mark = \"memory\"", "claim_mark = \"disk\"", "handoff.claim_mark"),
            ("from = \"a@example.jp\"", "from = \"a\"", "mail.from"),
            ("valid_for = \"12h\"", "valid_for = \"0s\"", "mail.valid_for"),
            ("valid_for = \"12h\"", "valid_for = 43200", "mail.valid_for"),
            ("login_hosts = [\"login.example.jp\"]", "login_hosts = [\"https://x\"]", "mail.login_hosts"),
            ("password_labels = [\"認証コード\"]", "password_labels = []", "mail.password_labels"),
            ("password_labels = [\"認証コード\"]", "password_labels = [\"認証：コード\"]", "mail.password_labels"),
            ("password_labels = [\"認証コード\"]", "password_labels = [\"　\"]", "mail.password_labels"),
            ("password_labels = [\"認証コード\"]", "password_labels = [\"a\\nb\"]", "mail.password_labels[1]"),
            ("password_labels = [\"認証コード\"]", "password_labels = [\"ＵＲＬ\"]", "mail.login_url_labels"),
            ("password_labels = [\"認証コード\"]", "password_labels = [\"ﾛｸﾞｲﾝ先URL\"]", "mail.login_url_labels"),
            ("login_url_labels = [\"URL\", ", "login_url_labels = [\"URL:\", ", "mail.login_url_labels"),
            ("login_paths = [\"/login.do\"]", "login_paths = [\"login.do\"]", "mail.login_paths"),
            ("login_paths = [\"/login.do\"]", "login_paths = [\"/login.do?a\"]", "mail.login_paths"),
            ("login_paths = [\"/login.do\"]", "login_paths = [\"/ログイン\"]", "mail.login_paths"),
            ("subject_suffixes = [\"(社外)\"]", "subject_suffixes = \"x\"", "mail.subject_suffixes"),
            ("authserv_id = \"mx.example.jp\"", "", "mail.authserv_id"),
            (
                "require_authentication = [\"dmarc\", \"dkim\"]", "require_authentication = [\"arc\"]",
                "mail.require_authentication"
            ),
            ("port = 1993", "port = 0", "mailbox \"main\" (line 21): port"),
            ("port = 1993", "port = 9223372036854775807", "mailbox \"main\" (line 21): port"),
            ("port = 1993", "port = 1993.0", "mailbox \"main\" (line 21): port"),
            ("port = 1993", "port = 1979-05-27", "mailbox \"main\" (line 21): port"),
            ("tls = \"starttls\"", "tls = \"off\"", "mailbox \"main\" (line 21): tls"),
            ("user = \"u\"", "user = \"\"", "mailbox \"main\" (line 21): user"),
            ("user = \"u\"", "user = \"a\\nb\"", "mailbox \"main\" (line 21): user"),
            ("host = \"imap.example.jp\"", "", "mailbox \"main\" (line 21): host"),
            ("password = { file = \"/etc/x\" }", "password = \"Geheim-1\"", "mailbox \"main\" (line 21): password"),
            (
                "password = { file = \"/etc/x\" }", "password = { file = \"/x\", command = [\"Geheim-1\"] }",
                "mailbox \"main\" (line 21): password"
            ),
            (
                "password = { file = \"/etc/x\" }", "password = { plain = \"Geheim-1\" }",
                "mailbox \"main\" (line 21): password"
            ),
            ("poll = \"30s\"", "poll = \"soon\"", "mailbox \"main\" (line 21): poll"),
            ("eager_poll = \"0s\"", "eager_poll = \"1ms\"", "mailbox \"main\" (line 21): eager_poll"),
            ("after_use = { move = \"使用済み\" }", "after_use = \"burn\"", "mailbox \"main\" (line 21): after_use"),
            ("[handoff]", "[handof]", "handof"), ("[mail]", "[[mail]]", "mail"),
        ])) func aMistakeNamesItsKey(_ old: String, _ new: String, _ key: String)
    {
        let text = Self.good.replacing("\n\(old)", with: "\n\(new)")
        #expect(text != Self.good)
        let found = problems(text)
        #expect(found.contains { told($0, of: key) }, "\(found)")
        #expect(!found.joined().contains("Geheim-1"))
    }

    @Test func allMistakesAtOnce() {
        let twice =
            Self.good + """

                [[mailbox]]
                name = "main"
                host = "h"
                user = "u"
                oauth2_token = { credential = "../x" }
                [[mailbox]]
                name = "main"
                host = "h"
                user = "u"
                password = { credential = "x" }
                """
        let found = problems(twice.replacing("port = 1993", with: "port = true\nfolders = 1"))
        let keys = [
            "mailbox \"main\" (line 21): port", "mailbox \"main\" (line 21): folders",
            "mailbox \"main\" (line 33): oauth2_token.credential", "mailbox \"main\" (line 38): name",
        ]
        for key in keys { #expect(found.contains { told($0, of: key) }, "\(key) in \(found)") }
        #expect(problems("") == ["x.toml: mailbox: at least one [[mailbox]] is needed"])
        #expect(problems("a = 1\na = 2").contains { $0.hasPrefix("x.toml:2: it is set twice") })
    }

    /// None of these may end the process, or pass for a configuration.
    @Test(
        arguments: chosen([
            "\"a\\u0000b\" = 1", "a = \"\\u0000\"", String(repeating: "[", count: 100_000),
            "a = " + String(repeating: "[", count: 100_000), "a = " + String(repeating: "{a=", count: 100_000),
            "[" + Array(repeating: "a", count: 2000).joined(separator: ".") + "]",
            Array(repeating: "a", count: 2000).joined(separator: ".") + " = 1", "a = 99999999999999999999",
            "a = -9223372036854775808", "a = 0xFFFFFFFFFFFFFFFF", "a = 1e400", "a = nan", "a = 1979-99-99",
            "a = 25:61:61", "a = 1979-05-27T07:32:00+99:99", "[a]\n[a]", "a.b = 1\na = 2", "[[mailbox]]\n[mailbox]",
            "mailbox = [1, {}, []]", "socket = 1\nhandoff = []\nmail = true\nmailbox = \"\"", "\u{FEFF}a = 1", "a = \"",
            "\r", "'''", "[[[mailbox]]]", "[=", "a = [}", "a = [1, }", "a = }", "a = {b = }", "a = # x", "a = [[1],\n}",
            "[.a]", "[メール]", "[ =]", "[[ .a]]", "[\n]", "[#\n", "  [=", "\u{3000}[=",
            "\u{FEFF}[=", "[",
            "a = 1979-05-27T:7:f]", "a = [1979-05-27 x]", "a = 1979-05-27t", "a = 1979-05-27T\n", "1979-05-27 = 1",
            "a = 1\n[", "[ [a]]", "[\r\n]", String(repeating: "#", count: 1_000_000),
        ])) func hostileTextIsAMistake(_ text: String)
    {
        #expect(!problems(text).isEmpty)
    }

    /// What looks like such a mistake and is none.
    @Test(
        arguments: chosen([
            "[外部]", "}", "[[[", "[.a]", "\"}", "\\", "# [.x", "'", "1979-05-27T:",
        ])) func textIsNotMistakenForBrackets(_ text: String) throws
    {
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        for subject in ["\"\(escaped)\"", "\"\"\"\\\n\(escaped)\"\"\""] {
            let file = Self.good.replacing("\"件名\"", with: subject + " # \(text)")
            #expect(try ConfigurationReader.parse(file, file: "x").rules.subject == text)
            let prefixes = Self.good.replacing("[\"[外部]\"]", with: "[\n  # [.\n  \(subject), # }\n]")
            #expect(try ConfigurationReader.parse(prefixes, file: "x").rules.subjectPrefixes == [text])
        }
    }

    @Test func anAuthservIDMayBeEmpty() throws {
        let text = Self.good.replacing("authserv_id = \"mx.example.jp\"", with: "authserv_id = \"\"")
        #expect(try ConfigurationReader.parse(text, file: "x").rules.authservID == "")
    }

    @Test func mutationsNeverTrap() {
        var state: UInt64 = 1
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let pieces = [
            "\"", "'", "[", "]", "{", "}", "=", ".", ",", "\n", "\\u0000", "1", "1e9", "true", "[[a]]", "\u{0}", "é",
        ]
        for _ in 0..<5000 {
            var characters = Array(Self.good)
            for _ in 0...random(4) {
                let place = random(characters.count)
                switch random(3) {
                case 0: characters.remove(at: place)
                case 1: characters.insert(contentsOf: Array(pieces[random(pieces.count)]), at: place)
                default: characters.swapAt(place, random(characters.count))
                }
            }
            _ = problems(String(characters))
        }
    }
}
