import Testing
import Trials

@testable import secom_otp_login

@Suite struct FinderTests {
    private let recipe = exampleRecipe()
    private var form: Step { recipe.request[1] }
    private var link: Step { recipe.request[0] }

    private func plan(_ page: PageSnapshot, _ step: Step? = nil, _ change: (inout Recipe) -> Void = { _ in }) throws
        -> Plan
    {
        var recipe = recipe
        change(&recipe)
        return try Finder(recipe: recipe, page: page).plan(for: step ?? form)
    }
    private func indices(_ plan: Plan) -> [Int] { plan.fillings.map(\.index) + [plan.press] }

    /// The form that issues another access key, as SECOM's page has it below the one that is meant.
    private let trap: [PageSnapshot.Control] = [
        .field("ご契約のWebサーバ名", form: 2), .field("メールアドレス", form: 2), .button("送信", form: 2),
    ]

    @Test func fillsTheOneForm() throws {
        let plan = try plan(PageSnapshot([.field("アクセスキー"), .field("メールアドレス"), .button("送信")]))
        #expect(indices(plan) == [0, 1, 2])
        #expect(plan.fillings.map(\.value) == [.accessKey, .mail])
    }

    @Test func leavesTheTrapAloneBelowIt() throws {
        let page = PageSnapshot([.field("アクセスキー"), .field("メールアドレス"), .button("送信")] + trap)
        #expect(try indices(plan(page)) == [0, 1, 2])
    }

    @Test func leavesTheTrapAloneAboveIt() throws {
        let page = PageSnapshot(trap + [.field("アクセスキー"), .field("メールアドレス"), .button("送信")])
        #expect(try indices(plan(page)) == [3, 4, 5])
    }

    @Test func leavesTheTrapAloneInTheSameForm() throws {
        let trap = trap.map { control in
            var control = control
            control.form = 1
            return control
        }
        let page = PageSnapshot([.field("アクセスキー"), .field("メールアドレス"), .button("送信")] + trap)
        #expect(try indices(plan(page)) == [0, 1, 2])
    }

    /// Whatever else names its fields.
    @Test(
        arguments: chosen([
            ["ご契約のWebサーバ名", "メールアドレス"], ["アクセスキー", "ご契約のWebサーバ名", "メールアドレス"], ["アクセスキー", "メールアドレス", "ＷｅｂサーバＢ名"],
            ["アクセスキー", "メールアドレス", "メールアドレス"], ["メールアドレス"], ["アクセスキー"], [],
        ])) func refusesOtherForms(_ names: [String])
    {
        let page = PageSnapshot(names.map { .field($0) } + [.button("送信")])
        #expect(throws: Misfit.self) { try plan(page) }
    }

    @Test func trapAloneIsRefusedEvenWhereItsProseSpeaksOfTheKey() {
        var server = PageSnapshot.Control.field("※アクセスキーを忘れた方はメールで再取得ください。", by: .preceding)
        server.names.append(.init(source: .title, text: "アクセスキー"))
        let page = PageSnapshot([server, .field("メールアドレス"), .button("送信"), .field("ご契約のWebサーバ名"), .button("送信")])
        // A title says it is the access key's: then it is, unless a word that the recipe warns of stands there too.
        server.names.append(.init(source: .label, text: "Webサーバ名"))
        #expect(throws: Misfit.self) { try plan(PageSnapshot([server, .field("メールアドレス"), .button("送信")])) }
        #expect((try? plan(page))?.press == 2)
    }

    @Test func twoFormsThatFitAlikeAreATie() {
        let one: [PageSnapshot.Control] = [.field("アクセスキー"), .field("メールアドレス"), .button("送信")]
        let other: [PageSnapshot.Control] = [
            .field("アクセスキー", form: 2), .field("メールアドレス", form: 2), .button("送信", form: 2),
        ]
        #expect(throws: Misfit.self) { try plan(PageSnapshot(one + other)) }
        #expect(throws: Misfit.self) { try plan(PageSnapshot([.init(one), .init(other, id: "g")])) }
    }

    @Test func otherSectionsOfOneFormEndWithTheirOwnButton() throws {
        var other = PageSnapshot.Control.button("再取得")
        other.type = "submit"
        let page = PageSnapshot([
            .field("ご契約のWebサーバ名"), .field("メールアドレス"), other, .field("アクセスキー"), .field("メールアドレス"), .button("送信"),
        ])
        #expect(try indices(plan(page)) == [3, 4, 5])
    }

    @Test func buttonsBeforeTheFieldsAreNotTheirs() {
        #expect(throws: Misfit.self) { try plan(PageSnapshot([.button("送信"), .field("アクセスキー"), .field("メールアドレス")])) }
    }

    @Test func fieldsAndButtonAreOfOneFormAndFrame() {
        #expect(throws: Misfit.self) {
            try plan(PageSnapshot([.field("アクセスキー"), .field("メールアドレス"), .button("送信", form: 2)]))
        }
        #expect(throws: Misfit.self) {
            try plan(PageSnapshot([.init([.field("アクセスキー"), .field("メールアドレス")]), .init([.button("送信")], id: "g")]))
        }
    }

    @Test func whatIsHiddenIsNotThere() throws {
        let page = PageSnapshot([
            .field("アクセスキー").hidden(), .field("アクセスキー"), .field("メールアドレス"), .button("送信").hidden(), .button("送信"),
        ])
        #expect(try indices(plan(page)) == [1, 2, 4])
    }

    @Test func theExactNameWinsOverAnExplainedOne() throws {
        let page = PageSnapshot([.field("アクセスキー"), .field("メールアドレス"), .field("メールアドレス（確認用）"), .button("送信")])
        // The second one would stay empty: that is the operator's to say.
        #expect(throws: Misfit.self) { try plan(page) }
        var step = form
        step.leave = [FoldedText("メールアドレス（確認用）")]
        #expect(try indices(plan(page, step)) == [0, 1, 3])
    }

    @Test(
        arguments: [
            ("アクセスキー（半角英数字）", .label), ("アクセスキー ※半角英数字", .cell), ("ご契約のアクセスキー", .label), ("アクセスキー", .cell),
            ("アクセスキー", .term),
            ("アクセスキー", .placeholder),
            ("アクセスキー", .title), ("アクセスキー", .aria), ("アクセスキーを入力", .placeholder), ("アクセスキーをご入力ください。", .title),
            ("アクセスキー（半角）を入力して下さい", .aria), ("アクセスキー入力欄", .preceding), ("下記を入力してください。アクセスキー：", .preceding),
        ] as [(String, PageSnapshot.Name.Source)]) func isNamedBy(_ name: String, _ source: PageSnapshot.Name.Source)
        throws
    {
        let page = PageSnapshot([.field(name, by: source), .field("メールアドレス"), .button("送信")])
        #expect(try indices(plan(page)) == [0, 1, 2])
    }

    @Test(arguments: ["アクセスキーを忘れた方はこちら", "アクセスキーとメールアドレス", "アクセスキーを入力しないでください", "新しいセキュリティ強化のためのアクセスキー"])
    func isNotNamedBy(_ name: String) {
        #expect(throws: Misfit.self) { try plan(PageSnapshot([.field(name), .field("メールアドレス"), .button("送信")])) }
    }

    @Test func proseDoesNotNameAFieldThatHasALabel() {
        var other = PageSnapshot.Control.field("お客様番号")
        other.names.append(.init(source: .preceding, text: "アクセスキー"))
        #expect(throws: Misfit.self) { try plan(PageSnapshot([other, .field("メールアドレス"), .button("送信")])) }
    }

    @Test func selectorsStandInForWords() throws {
        var key = PageSnapshot.Control.field("PIN")
        key.selectors = [0]
        let page = PageSnapshot([key, .field("メールアドレス"), .button("送信")])
        let step = Step(
            fill: [Fill(words: [], value: .accessKey, selector: "#pin"), form.fill[1]], press: form.press)
        #expect(try indices(plan(page, step) { $0.request[1] = step }) == [0, 1, 2])
    }

    @Test func pressesTheOneLink() throws {
        let page = PageSnapshot([.link("戻る"), .link("ワンタイムパスワード生成ページへ", to: "https://www.example.jp/g")])
        #expect(try plan(page, link).press == 1)
    }

    @Test func linksThatHoldTheWordWillDoWhereThereIsOne() throws {
        let one = PageSnapshot.Control.link("⇒ 2. ワンタイムパスワード生成ページへ お進みください")
        #expect(try plan(PageSnapshot([one]), link).press == 0)
        #expect(throws: Misfit.self) { try plan(PageSnapshot([one, one]), link) }
    }

    @Test func theTrapsButtonIsNotPressedForItsNameAlone() throws {
        let step = Step(press: form.press)
        #expect(throws: Misfit.self) { try plan(PageSnapshot(trap), step) }
        let sender: [PageSnapshot.Control] = [.field("Webサーバ名"), .link("送信", to: "javascript:send()", form: 1)]
        #expect(throws: Misfit.self) { try plan(PageSnapshot(sender), step) }
        // What does not come behind its fields is not its own.
        #expect(try plan(PageSnapshot([.button("送信", form: 2), .field("Webサーバ名", form: 2)]), step).press == 0)
        let link = PageSnapshot.Control.link("送信", to: "https://www.example.jp/", form: 2)
        #expect(try plan(PageSnapshot([.field("Webサーバ名", form: 2), link]), step).press == 1)
    }

    @Test func twoLinksToOnePageAreOne() throws {
        let one = PageSnapshot.Control.link("ワンタイムパスワード生成ページへ", to: "https://www.example.jp/g")
        let other = PageSnapshot.Control.link("ワンタイムパスワード生成ページへ", to: "https://www.example.jp/h")
        #expect(try plan(PageSnapshot([one, one]), link).press == 0)
        #expect(throws: Misfit.self) { try plan(PageSnapshot([one, other]), link) }
    }

    @Test(arguments: ["https://www.elsewhere.jp/", "http://www.example.jp/", "https://www.example.jp.elsewhere.jp/"])
    func leadsToNoStranger(_ target: String) {
        #expect(throws: Misfit.self) { try plan(PageSnapshot([.link("ワンタイムパスワード生成ページへ", to: target)]), link) }
        var button = PageSnapshot.Control.button("送信")
        button.target = target
        #expect(throws: Misfit.self) { try plan(PageSnapshot([.field("アクセスキー"), .field("メールアドレス"), button])) }
    }

    @Test func aPageThatIsCutIsRefused() {
        var page = PageSnapshot([.field("アクセスキー"), .field("メールアドレス"), .button("送信")])
        page.frames[0].isCut = true
        #expect(throws: Misfit.self) { try plan(page) }
    }
}
