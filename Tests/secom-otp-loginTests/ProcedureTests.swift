import Testing
import Trials

@testable import secom_otp_login

@Suite struct ProcedureTests {
    private let recipe = exampleRecipe()
    private let link = Plan(frame: "f", document: "d", fillings: [], press: 0, pressName: "", target: "")
    private var request: Plan { filling([.accessKey, .mail]) }
    private var login: Plan { filling([.accessKey, .oneTimePassword]) }
    private let misfit = Misfit("another page")

    private func filling(_ values: [Fill.Value]) -> Plan {
        Plan(
            frame: "f", document: "d",
            fillings: values.enumerated().map { Plan.Filling(index: $0, value: $1, longest: nil, name: "") }, press: 9,
            pressName: "", target: "")
    }

    /// A procedure that has come so far.
    private func asked() -> Procedure {
        var procedure = Procedure(recipe, for: .login)
        #expect(procedure.received(.begun) == .open(recipe.start))
        #expect(procedure.received(.opened) == .read(.step(.request, 0)))
        #expect(procedure.received(.read(.fits(link))) == .press(link, confirm: []))
        #expect(procedure.received(.pressed) == .read(.step(.request, 1)))
        #expect(procedure.received(.read(.fits(request))) == .press(request, confirm: []))
        #expect(procedure.received(.pressed) == .read(.answer(.request)))
        return procedure
    }

    private func holding() -> Procedure {
        var procedure = asked()
        #expect(procedure.received(.read(.taken)) == .claim)
        #expect(
            procedure.received(.claimed(loginURL: "https://login.example.jp/login.do"))
                == .open("https://login.example.jp/login.do"))
        #expect(procedure.received(.opened) == .read(.step(.login, 0)))
        return procedure
    }

    private func sent() -> Procedure {
        var procedure = holding()
        #expect(procedure.received(.read(.fits(login))) == .press(login, confirm: []))
        #expect(procedure.received(.pressed) == .read(.answer(.login)))
        return procedure
    }

    @Test func logsInAndOut() {
        var procedure = sent()
        #expect(procedure.received(.read(.taken)) == .settle(.used))
        #expect(procedure.received(.settled) == .logOut(Press(words: [FoldedText("ログアウト")])))
        #expect(procedure.received(.loggedOut) == .end(.loggedIn))
    }

    @Test func whatFollowsComesAfterTheSettlementAndBeforeTheLogout() {
        var recipe = recipe
        recipe.follow = ["download"]
        recipe.logout = nil
        for (failure, ending) in [(nil, .loggedIn), ("no", .followFailed("no"))] as [(String?, Ending)] {
            var procedure = Procedure(recipe, for: .delivered)
            #expect(procedure.received(.begun) == .claim)
            _ = procedure.received(.claimed(loginURL: "https://login.example.jp/"))
            _ = procedure.received(.opened)
            _ = procedure.received(.read(.fits(login)))
            _ = procedure.received(.pressed)
            #expect(procedure.received(.read(.taken)) == .settle(.used))
            #expect(procedure.received(.settled) == .follow)
            #expect(procedure.received(.followed(failure)) == .end(ending))
        }
    }

    @Test func aRefusedRequestClaimsNothing() {
        var procedure = asked()
        #expect(procedure.received(.read(.refused("wrong"))) == .end(.refused("wrong")))
    }

    @Test func anUnknownAnswerToTheRequestClaimsNothing() {
        var procedure = asked()
        #expect(procedure.received(.read(.unknown(misfit))) == .end(.unknown(misfit)))
    }

    @Test func aPageThatIsNotUnderstoodIsNotTouched() {
        var procedure = Procedure(recipe, for: .login)
        _ = procedure.received(.begun)
        _ = procedure.received(.opened)
        #expect(procedure.received(.read(.unknown(misfit))) == .end(.unknown(misfit)))
    }

    @Test func noPasswordInTime() {
        var procedure = asked()
        #expect(procedure.received(.read(.taken)) == .claim)
        #expect(procedure.received(.notClaimed(.noPassword("late"))) == .end(.noPassword("late")))
    }

    /// Before the password has been sent, it goes back.
    @Test(
        arguments: [
            (.unknown(Misfit("x")), .unknown(Misfit("x"))), (.closed("x"), .closed("x")),
            (.failed(.tookTooLong(.seconds(1))), .failed(.tookTooLong(.seconds(1)))),
            (.failed(.status(500)), .failed(.status(500))),
            (.failed(.browser("x")), .failed(.browser("x"))),
        ] as [(Reading, Ending)]) func goesBack(_ reading: Reading, _ ending: Ending)
    {
        var procedure = holding()
        #expect(procedure.received(.read(reading)) == .settle(.unused))
        #expect(procedure.received(.settled) == .end(ending))
    }

    /// After that, what the page does not say leaves it in doubt.
    @Test(
        arguments: [
            (.unknown(Misfit("x")), .unknown(Misfit("x"))), (.closed("x"), .closed("x")),
            (.failed(.tookTooLong(.seconds(1))), .failed(.tookTooLong(.seconds(1)))),
            (.failed(.unreachable("reset")), .failed(.unreachable("reset"))),
            (.failed(.dialog("x")), .failed(.dialog("x"))),
        ] as [(Reading, Ending)]) func staysInDoubt(_ reading: Reading, _ ending: Ending)
    {
        var procedure = sent()
        #expect(procedure.received(.read(reading)) == .settle(nil))
        #expect(procedure.received(.settled) == .end(ending))
    }

    @Test func isRejected() {
        var procedure = sent()
        #expect(procedure.received(.read(.refused("wrong"))) == .settle(.rejected))
        #expect(procedure.received(.settled) == .end(.refused("wrong")))
    }

    @Test func whatWasNotPressedWasNotSent() {
        var procedure = holding()
        _ = procedure.received(.read(.fits(login)))
        #expect(procedure.received(.notPressed("changed")) == .settle(.unused))
        #expect(procedure.received(.settled) == .end(.unknown(Misfit("changed"))))
    }

    @Test(arguments: ["https://elsewhere.jp/", "http://login.example.jp/", "javascript:alert(1)", ""])
    func opensNoStrangersLoginURL(_ url: String) {
        var procedure = asked()
        _ = procedure.received(.read(.taken))
        #expect(procedure.received(.claimed(loginURL: url)) == .settle(.unused))
    }

    @Test func lookPressesLinksAndNothingElse() {
        var procedure = Procedure(recipe, for: .look)
        #expect(procedure.received(.begun) == .open(recipe.start))
        #expect(procedure.received(.opened) == .read(.step(.request, 0)))
        #expect(procedure.received(.read(.fits(link))) == .press(link, confirm: []))
        #expect(procedure.received(.pressed) == .read(.step(.request, 1)))
        #expect(procedure.received(.read(.fits(request))) == .tell(.request, 1, request))
        #expect(procedure.received(.pressed) == .open("https://login.example.jp/login.do"))
        #expect(procedure.received(.opened) == .read(.step(.login, 0)))
        #expect(procedure.received(.read(.fits(login))) == .tell(.login, 0, login))
        #expect(procedure.received(.pressed) == .end(.looked))
    }

    @Test func lookGoesOnToTheOtherPageWhereOneDoesNotFit() {
        var procedure = Procedure(recipe, for: .look)
        _ = procedure.received(.begun)
        _ = procedure.received(.opened)
        #expect(procedure.received(.read(.unknown(misfit))) == .open("https://login.example.jp/login.do"))
        _ = procedure.received(.opened)
        #expect(procedure.received(.read(.fits(login))) == .tell(.login, 0, login))
        #expect(procedure.received(.pressed) == .end(.unknown(misfit)))
    }

    /// Whatever happens, in whatever order: nothing is pressed twice, and a password that may have been sent never goes back.
    @Test func neverASecondTry() {
        let events: [Procedure.Event] = [
            .begun, .opened, .read(.fits(link)), .read(.fits(request)), .read(.fits(login)), .read(.taken),
            .read(.refused("x")),
            .read(.unknown(misfit)), .read(.failed(.status(500))), .pressed, .notPressed("x"),
            .claimed(loginURL: "https://login.example.jp/"), .notClaimed(.noPassword("x")), .settled, .followed(nil),
            .loggedOut,
        ]
        var generator = Seeded(Seed.choose())
        for _ in 0..<20_000 {
            var procedure = Procedure(recipe, for: .login)
            var presses = 0
            for step in 0..<14 {
                // Mostly what comes next, so that it gets somewhere.
                let event = events.randomElement(using: &generator) ?? .begun
                switch procedure.received(step == 0 ? .begun : event) {
                case .press: presses += 1
                case .settle(.unused): #expect(!procedure.hasSentPassword)
                case .settle(.rejected), .settle(.used): #expect(procedure.hasSentPassword)
                default: break
                }
            }
            #expect(presses <= recipe.request.count + recipe.login.count)
        }
    }
}
