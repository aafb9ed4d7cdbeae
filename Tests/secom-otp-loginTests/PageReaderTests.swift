import Testing
import Trials

@testable import secom_otp_login

@Suite struct PageReaderTests {
    private let recipe = exampleRecipe()
    private let request: [PageSnapshot.Control] = [.field("アクセスキー"), .field("メールアドレス"), .button("送信")]
    private let login: [PageSnapshot.Control] = [.field("アクセスキー"), .field("ワンタイムパスワード"), .button("ログイン")]
    /// What forms say from the first.
    private let prose = ["アクセスキーが正しくありません、と出たときは再取得してください。", "一度ログアウトされると無効です。"]

    private func read(_ phase: PageReader.Phase, _ lines: [String], _ controls: [PageSnapshot.Control] = []) -> Reading
    {
        let before = PageSnapshot(phase == .request ? request : login, lines: prose)
        return PageReader(recipe: recipe, before: before).read(
            PageSnapshot(controls, lines: lines, document: "e"), for: .answer(phase))
    }
    private func isUnknown(_ reading: Reading) -> Bool { if case .unknown = reading { true } else { false } }

    @Test func theRequestWasTaken() { #expect(read(.request, ["メールを送信しました。"]) == .taken) }
    @Test func theRequestWasRefused() {
        #expect(read(.request, ["入力が正しくありません。"]) == .refused("入力が正しくありません。"))
        #expect(read(.request, ["入力が正しくありません。"], request) == .refused("入力が正しくありません。"))
    }
    /// Pages that scripts keep say so beside the form.
    @Test func theRequestWasTakenWithTheFormStillThere() {
        #expect(read(.request, prose + ["メールを送信しました。"], request) == .taken)
        #expect(read(.request, ["送信しましたが、入力が正しくありません。"], request) == .refused("送信しましたが、入力が正しくありません。"))
    }
    /// What the form's page asks for when it is reached is no refusal.
    @Test func nothingIsRefusedBeforeAnythingWasFilledIn() {
        var recipe = recipe
        recipe.request.append(Step(press: Press(words: [FoldedText("はい")])))
        let reader = PageReader(recipe: recipe, before: PageSnapshot([.link("ワンタイムパスワード生成ページへ")]))
        let page = PageSnapshot([.button("次へ")], lines: ["正しくありません、と出たときは再取得してください。"])
        #expect(isUnknown(reader.read(page, for: .step(.request, 1))))
        #expect(reader.read(page, for: .step(.request, 2)) == .refused("正しくありません、と出たときは再取得してください。"))
    }
    @Test func whatStoodThereBeforeTellsNothing() {
        #expect(isUnknown(read(.request, prose, request)))
        #expect(isUnknown(read(.login, prose, login)))
    }
    @Test func anotherPageIsUnknown() {
        #expect(isUnknown(read(.request, ["キャンペーン"])))
        #expect(isUnknown(read(.login, ["アンケート"])))
        #expect(read(.login, ["ただいまメンテナンス中です"]) == .closed("ただいまメンテナンス中です"))
    }
    @Test func whereTheRecipeHasNoWordTheMailTells() {
        var recipe = recipe
        recipe.requested.text = []
        let reader = PageReader(recipe: recipe, before: PageSnapshot(request))
        #expect(reader.read(PageSnapshot([], lines: ["キャンペーン"]), for: .answer(.request)) == .taken)
        #expect(reader.read(PageSnapshot([], lines: ["正しくありません"]), for: .answer(.request)) == .refused("正しくありません"))
        #expect(isUnknown(reader.read(PageSnapshot(request), for: .answer(.request))))
    }

    @Test func loggedIn() {
        #expect(read(.login, ["ログインしました"]) == .taken)
        #expect(read(.login, ["ようこそ"], [.link("ログアウト")]) == .taken)
        #expect(read(.login, ["別の証明書のお名前が正しくありません"], [.link("ログアウト")]) == .taken)
        #expect(isUnknown(read(.login, ["ログアウトについて"], [.link("ログアウトについて")])))
    }
    @Test func rejectedOnlyWithTheFieldThereAgain() {
        #expect(read(.login, ["入力が正しくありません。"], login) == .refused("入力が正しくありません。"))
        #expect(isUnknown(read(.login, ["入力が正しくありません。"])))
        #expect(isUnknown(read(.login, ["入力が正しくありません。"], [.field("アクセスキー")])))
        #expect(isUnknown(read(.login, ["もう一度"], login)))
        #expect(isUnknown(read(.login, ["ログインしました"], login)))
    }

    @Test func dialogs() {
        let reader = PageReader(recipe: recipe, before: PageSnapshot(login))
        #expect(reader.read(dialog: "正しくありません", for: .answer(.login)) == .refused("正しくありません"))
        #expect(reader.read(dialog: "よろしいですか", for: .answer(.login)) == .failed(.dialog("よろしいですか")))
        let first = PageReader(recipe: recipe, before: nil)
        #expect(first.read(dialog: "正しくありません", for: .step(.login, 0)) == .failed(.dialog("正しくありません")))
    }

    @Test func whatHasAnswered() {
        let before = PageSnapshot(login, lines: prose)
        let reader = PageReader(recipe: recipe, before: before)
        #expect(!reader.hasAnswered(before))
        #expect(reader.hasAnswered(PageSnapshot(login, lines: prose, document: "e")))
        #expect(reader.hasAnswered(PageSnapshot(login, lines: prose + ["違います"])))
    }

    @Test func aFailedDocumentCountsForMoreThanWordsThatNobodyKnows() {
        let failure = PageFailure.status(500)
        #expect(Reading.taken.despite(nil, failure) == .failed(failure))
        #expect(Reading.unknown(Misfit("x")).despite(failure, failure) == .failed(failure))
        #expect(Reading.refused("x").despite(failure, failure) == .refused("x"))
        #expect(Reading.closed("x").despite(failure, failure) == .closed("x"))
        #expect(Reading.taken.despite(nil, nil) == .taken)
    }
}

@Suite struct RestTests {
    private let taken = Reading.taken
    private let unknown = Reading.unknown(Misfit("x"))

    private func final(_ looks: [(Reading, isLoading: Bool, isFetching: Bool, hasAnswered: Bool)]) -> [Reading?] {
        var rest = Rest(rest: .seconds(2))
        return looks.enumerated().map { second, look in
            rest.looked(
                look.0, isLoading: look.isLoading, isFetching: look.isFetching, hasAnswered: look.hasAnswered,
                now: .seconds(second))
        }
    }

    @Test func whatCanBeActedOnIsReadTwice() {
        #expect(final([(taken, false, false, true), (taken, false, false, true)]) == [nil, taken])
        #expect(final([(taken, true, false, true), (taken, false, false, true)]) == [nil, taken])
        #expect(final([(unknown, false, false, true), (taken, false, false, true)]) == [nil, nil])
    }

    @Test func whatNobodyKnowsIsSaidAfterAWhile() {
        let look = (unknown, isLoading: false, isFetching: false, hasAnswered: true)
        #expect(final([look, look, look]) == [nil, nil, unknown])
        #expect(
            final([look, look, (unknown, true, false, true), look, look, look]) == [nil, nil, nil, nil, nil, unknown])
        #expect(final([look, look, (unknown, false, true, true), look]) == [nil, nil, nil, unknown])
    }

    @Test func theOldPageIsNoAnswer() {
        let look = (unknown, isLoading: false, isFetching: false, hasAnswered: false)
        #expect(final([look, look, look, look]) == [nil, nil, nil, nil])
    }

    @Test func whereScriptsStillFetchItTakesAWhile() {
        let look = (taken, isLoading: false, isFetching: true, hasAnswered: true)
        #expect(final([look, look, look]) == [nil, nil, taken])
    }

    @Test func aFailureIsFinal() {
        #expect(final([(.failed(.status(500)), true, true, false)]) == [.failed(.status(500))])
    }
}
