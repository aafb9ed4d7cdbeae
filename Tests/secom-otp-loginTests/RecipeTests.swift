import Foundation
import Testing
import Trials

@testable import secom_otp_login

@Suite struct RecipeTests {
    static let good = """
        start = "https://www.example.jp/login.html"
        login_page = "https://login.example.jp/login.do"
        hosts = ["www.example.jp", "login.example.jp"]
        socket = "/run/x.sock"
        access_key = { file = "/etc/key" }
        never = ["Webサーバ名"]
        closed = "メンテナンス中"
        page_timeout = "20s"
        rest = "1s"
        mail_timeout = "5m"
        then = ["/bin/true"]
        then_timeout = "10s"
        logout = ["ログアウト"]
        [[request]]
        press = { words = ["次へ"], confirm = "よろしいですか" }
        [[request]]
        fill = [
            { field = "アクセスキー", with = "access-key" },
            { field = ["メールアドレス", "E-mail"], with = "mail", selector = "#m" },
        ]
        leave = ["お客様番号"]
        press = { selector = "#send" }
        [requested]
        text = ["送信しました"]
        refused = "エラー"
        [[login]]
        fill = [{ field = "ワンタイムパスワード", with = "one-time-password" }]
        press = "ログイン"
        [logged_in]
        controls = ["ログアウト"]
        [browser]
        program = "/usr/bin/chromium"
        proxy = "http://proxy.example.jp:8080"
        trusted_keys = ["47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="]

        """

    private func told(_ text: String) -> [String] {
        do {
            _ = try RecipeReader.parse(text, file: "F")
            return []
        } catch { return error.description.split(separator: "\n").map { String($0.dropFirst()) } }
    }

    @Test func readsEveryKey() throws {
        let recipe = try RecipeReader.parse(Self.good, file: "r")
        #expect(recipe.hosts == ["www.example.jp", "login.example.jp"])
        #expect(recipe.accessKey == .file("/etc/key"))
        #expect(recipe.closed == [FoldedText("メンテナンス中")])
        #expect(recipe.pageTimeout == .seconds(20) && recipe.mailTimeout == .seconds(300) && recipe.rest == .seconds(1))
        #expect(recipe.request[0].press == Press(words: [FoldedText("次へ")], confirm: [FoldedText("よろしいですか")]))
        #expect(recipe.request[1].fill.map(\.value) == [.accessKey, .mail])
        #expect(recipe.request[1].press == Press(words: [], selector: "#send"))
        #expect(recipe.selectors == ["#m", "#send"])
        #expect(recipe.follow == ["/bin/true"] && recipe.followTimeout == .seconds(10))
        #expect(recipe.logout == Press(words: [FoldedText("ログアウト")]))
        #expect(recipe.browser.proxy == "http://proxy.example.jp:8080")
    }

    @Test func theInstalledOneIsRight() throws {
        let tree = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let recipe = try RecipeReader.read(
            tree.appending(path: "config/secom-otp-login.toml").path(percentEncoded: false))
        #expect(recipe.start == "https://www.secomtrust.net/service/pfw/user/login.html")
        #expect(recipe.accessKey == .credential("access-key"))
    }

    @Test(
        arguments: chosen([
            (
                "start = \"https", "start = \"http",
                [":1: start: must be https, and its host one of hosts: www.example.jp, login.example.jp"]
            ), ("start = ", "#", [": start: is missing"]),
            (
                "www.example.jp/login.html", "www.elsewhere.jp/",
                [":1: start: must be https, and its host one of hosts: www.example.jp, login.example.jp"]
            ),
            (
                "hosts = [\"www.example.jp\"", "hosts = [\"WWW.example.jp\"",
                [":3: hosts: \"WWW.example.jp\" is no host's name in small letters"]
            ),
            (
                "{ file = \"/etc/key\" }", "\"s3cret\"",
                [
                    ":5: access_key: must say where the access key is, and not be it: { credential = \"NAME\" } or { file = \"PATH\" }"
                ]
            ),
            (
                "{ file = \"/etc/key\" }", "s3cret",
                [
                    ":5: access_key: a string is written in quotes: \"...\"; do not put the secret itself here, only where to find it: { credential = \"NAME\" }"
                ]
            ),
            (
                "file = \"/etc/key\"", "command = \"s3cret\"",
                [":5: access_key.command: unknown key; known here: credential, file"]
            ),
            ("/etc/key", "s3cret", [":5: access_key.file: must be an absolute path, beginning with /"]),
            (
                "with = \"mail\"", "with = \"s3cret\"",
                [
                    ":19: request 2 (line 16): fill 2 (line 19): with: must say what is filled in, and not be it: one of \"access-key\", \"mail\""
                ]
            ),
            ("with = \"mail\"", "with = s3cret", [":19: fill: a string is written in quotes: \"...\""]),
            (
                "with = \"one-time-password\"", "with = \"mail\"",
                [
                    ":27: login 1 (line 26): fill 1 (line 27): with: must say what is filled in, and not be it: one of \"access-key\", \"one-time-password\""
                ]
            ),
            ("press = \"ログイン\"", "press = \"※\"", [":28: login 1 (line 26): press: \"※\" is no word"]),
            ("press = \"ログイン\"", "", [":26: login 1 (line 26): press: is missing"]),
            (
                "press = \"ログイン\"", "press = 「ログイン」",
                [
                    ":28: press: 「 is not a quote here: a string is enclosed in two \", the ASCII character U+0022; the line is: press = 「ログイン」"
                ]
            ),
            ("leave", "leaves", [":21: request 2 (line 16): leaves: unknown key: did you mean leave?"]),
            (
                "field = \"アクセスキー\", ", "",
                [":18: request 2 (line 16): fill 1 (line 18): field: is missing (or selector)"]
            ),
            (
                "field = \"アクセスキー\"", "fields = \"アクセスキー\"",
                [
                    ":18: request 2 (line 16): fill 1 (line 18): field: is missing (or selector)",
                    ":18: request 2 (line 16): fill 1 (line 18): fields: unknown key: did you mean field?",
                ]
            ),
            (
                "controls = [\"ログアウト\"]", "",
                [":29: logged_in: must have text or controls: nothing else tells that one is logged in"]
            ),
            (
                "page_timeout = \"20s\"", "page_timeout = 20",
                [
                    ":8: page_timeout: must be a DURATION, a string with a unit such as \"500ms\", \"60s\", \"5m\" or \"24h\", not 20: did you mean \"20s\"?"
                ]
            ),
            ("page_timeout = \"20s\"", "page_timeout = \"0s\"", [":8: page_timeout: must be from 1s to 10m, not 0s"]),
            (
                "proxy = \"http://proxy.example.jp:8080\"", "proxy = \"http://u:s3cret@proxy.example.jp:x\"",
                [":33: browser.proxy: must be a URL such as \"http://proxy.example.co.jp:8080\""]
            ),
            (
                "[browser]", "[browser]\nthen = [\"/bin/true\"]",
                [":32: browser.then: belongs at the beginning of the file, above the first header"]
            ),
            (
                "47DEQ", "47",
                [
                    ":34: browser.trusted_keys: must be SHA-256 digests in base64 (44 characters), not \"47pj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\""
                ]
            ),
            (
                "[[login]]", "[login]",
                [":26: write [[login]], in double brackets: there may be more than one; the line is: [login]"]
            ),
            (
                "[[login]]\nfill = [{ field = \"ワンタイムパスワード\", with = \"one-time-password\" }]\npress = \"ログイン\"",
                "login = []",
                [
                    ": login: at least one [[login]] is needed",
                    ":26: requested.login: belongs at the beginning of the file, above the first header",
                ]
            ),
        ])) func tellsWhatIsWrong(_ old: String, _ new: String, _ expected: [String])
    {
        let found = told(Self.good.replacingOccurrences(of: old, with: new))
        #expect(found == expected)
        #expect(!found.contains { $0.contains("s3cret") })
    }

    @Test func allAtOnce() {
        #expect(told("").count >= 5)
        #expect(
            told(Self.good.replacingOccurrences(of: "20s", with: "x").replacingOccurrences(of: "leave", with: "x"))
                .count == 2)
    }
}
