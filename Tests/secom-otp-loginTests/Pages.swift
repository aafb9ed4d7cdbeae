@testable import secom_otp_login

/// Pages as tests write them.
extension PageSnapshot {
    init(_ frames: [Frame]) {
        self.init()
        self.frames = frames
    }

    init(_ controls: [Control], lines: [String] = [], document: String = "d") {
        self.init([Frame(controls, lines: lines, document: document)])
    }
}

extension PageSnapshot.Frame {
    init(_ controls: [PageSnapshot.Control], lines: [String] = [], id: String = "f", document: String = "d") {
        self.init(id: id, url: "https://www.example.jp/page.html")
        self.document = document
        self.lines = lines
        self.controls = controls.enumerated().map { index, control in
            var control = control
            control.index = index
            return control
        }
    }
}

extension PageSnapshot.Control {
    static func field(_ name: String, by source: PageSnapshot.Name.Source = .label, form: Int = 1) -> Self {
        named(.field, name, source, form)
    }
    static func button(_ name: String, form: Int = 1) -> Self { named(.button, name, .text, form) }
    static func link(_ name: String, to target: String = "", form: Int = 0) -> Self {
        var link = named(.link, name, .text, form)
        link.target = target
        return link
    }

    private static func named(_ kind: Kind, _ name: String, _ source: PageSnapshot.Name.Source, _ form: Int) -> Self {
        var control = PageSnapshot.Control(index: 0, kind: kind, form: form)
        control.names = [.init(source: source, text: name)]
        return control
    }

    func hidden() -> Self {
        var control = self
        control.isVisible = false
        return control
    }
}

/// The recipe that is installed, in short.
func exampleRecipe() -> Recipe {
    var recipe = Recipe(
        start: "https://www.example.jp/login.html", hosts: ["www.example.jp", "login.example.jp"],
        request: [
            Step(press: Press(words: ["ワンタイムパスワード生成ページへ"].map(FoldedText.init))),
            Step(
                fill: [
                    Fill(words: [FoldedText("アクセスキー")], value: .accessKey),
                    Fill(words: [FoldedText("メールアドレス")], value: .mail),
                ], press: Press(words: [FoldedText("送信")])),
        ],
        login: [
            Step(
                fill: [
                    Fill(words: [FoldedText("アクセスキー")], value: .accessKey),
                    Fill(words: [FoldedText("ワンタイムパスワード")], value: .oneTimePassword),
                ], press: Press(words: [FoldedText("ログイン")]))
        ])
    recipe.loginPage = "https://login.example.jp/login.do"
    recipe.never = ["Webサーバ名"].map(FoldedText.init)
    recipe.closed = ["メンテナンス中"].map(FoldedText.init)
    recipe.requested = AnswerWords(text: [FoldedText("送信しました")], refused: [FoldedText("正しくありません")])
    recipe.loggedIn = AnswerWords(
        text: [FoldedText("ログインしました")], controls: [FoldedText("ログアウト")], refused: [FoldedText("正しくありません")])
    recipe.logout = Press(words: [FoldedText("ログアウト")])
    return recipe
}
