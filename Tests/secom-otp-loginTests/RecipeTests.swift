import Foundation
import Settings
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

    private func problems(_ text: String) -> [String] {
        do {
            _ = try RecipeReader.parse(text, file: "r")
            return []
        } catch {
            return error.problems.map { "\($0.key ?? ""): \($0.message)" }
        }
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
            ("start = \"https", "start = \"http", "start: must be https"), ("start = ", "#", "start: is missing"),
            ("www.example.jp/login.html", "www.elsewhere.jp/", "start: must be https, and its host one of hosts"),
            (
                "hosts = [\"www.example.jp\"", "hosts = [\"WWW.example.jp\"",
                "hosts: \"WWW.example.jp\" is no host's name"
            ),
            ("{ file = \"/etc/key\" }", "\"s3cret\"", "access_key: must say where"),
            ("/etc/key", "key", "access_key.file: must be an absolute path"),
            ("with = \"mail\"", "with = \"post\"", "request[2].fill[2].with: must say what"),
            ("with = \"one-time-password\"", "with = \"mail\"", "login[1].fill[1].with: must say what"),
            ("press = \"ログイン\"", "press = \"※\"", "login[1].press: \"※\" is no word"),
            ("press = \"ログイン\"", "", "login[1].press: is missing"),
            ("leave", "colour", "request[2].colour: unknown key"),
            ("controls = [\"ログアウト\"]", "", "logged_in: must have text or controls"),
            ("page_timeout = \"20s\"", "page_timeout = \"0s\"", "page_timeout: must be from"),
            ("8080", "x", "browser.proxy: must be a URL"),
            ("47DEQ", "47", "browser.trusted_keys: must be SHA-256"),
            ("field = \"アクセスキー\", ", "", "request[2].fill[1].field: is missing"),
        ])) func tellsWhatIsWrong(_ old: String, _ new: String, _ problem: String)
    {
        let found = problems(Self.good.replacingOccurrences(of: old, with: new))
        #expect(found.contains { $0.hasPrefix(problem) }, "\(found)")
        #expect(!found.contains { $0.contains("s3cret") })
    }

    @Test func allAtOnce() {
        #expect(problems("").count >= 5)
        #expect(
            problems(Self.good.replacingOccurrences(of: "20s", with: "x").replacingOccurrences(of: "leave", with: "x"))
                .count == 2)
    }
}
