import FoundationEssentials
import Handoff
import ProcessRuntime
import Secrets
import Varlink

/// Walks through the procedure: carries out what ``Procedure`` decides, in the browser and at the daemon, and reports back to it what
/// happened.
actor Walk {
    nonisolated var unownedExecutor: UnownedSerialExecutor { EventLoopExecutor.shared.asUnownedSerialExecutor() }

    private let recipe: Recipe
    private let purpose: Procedure.Purpose
    private let mail: String
    private let desk: any PasswordDesk
    private let accessKey: Secret?
    private let evidence: Evidence?
    private let log: @Sendable (String) -> Void

    private var browser: Browser?
    private var password: Password?
    /// Noted before the password is requested.
    private var askedAt = Date()
    /// The page as it was when something was last pressed on it.
    private var before: PageSnapshot?
    /// The page as it was last read.
    private var page: PageSnapshot?

    /// How long to wait before the page is read again.
    private static let pause = Duration.milliseconds(60)

    /// - Parameters:
    ///   - accessKey: nil for `--look`, which fills nothing in.
    ///   - log: gets lines for people, without secrets.
    init(
        _ recipe: Recipe, for purpose: Procedure.Purpose, mail: String, desk: any PasswordDesk, accessKey: Secret?,
        evidence: Evidence?, log: @escaping @Sendable (String) -> Void
    ) {
        (self.recipe, self.purpose, self.mail, self.desk) = (recipe, purpose, mail, desk)
        (self.accessKey, self.evidence, self.log) = (accessKey, evidence, log)
    }

    func run() async -> Ending {
        if let absence = await desk.absence() {
            say(absence.description)
            return absence
        }
        do { browser = try await Browser.start(recipe.browser, hosts: recipe.hosts) } catch {
            say("the browser could not be started: \(error)")
        }
        // Without a browser, the procedure returns a delivered password as unused.
        var procedure = Procedure(recipe, for: purpose)
        var action = procedure.received(.begun)
        while true {
            if case .end(let ending) = action {
                await keepEvidence(of: ending)
                await browser?.end()
                say(ending.description)
                return ending
            }
            action = procedure.received(await event(of: action))
        }
    }

    /// Pages may repeat what was typed into them.
    private func blanked(_ text: String) -> String {
        Blanking([Fill.Value.accessKey, .oneTimePassword].compactMap(self.text)).blanked(text)
    }

    private func say(_ text: String) { log(blanked(text)) }

    private func event(of action: Procedure.Action) async -> Procedure.Event {
        switch action {
        case .open(let url): return await open(url)
        case .read(let expectation):
            let reading = await read(expectation)
            if purpose == .look { show(reading) }
            return .read(reading)
        case .press(let plan, let confirm): return await press(plan, confirm)
        case .tell(let phase, let index, let plan):
            say("  would fill in and press, \(phase == .request ? "request" : "login") step \(index + 1):")
            for filling in plan.fillings { say("    \(filling.name) ← \(filling.value.rawValue)") }
            say("    press \(plan.pressName)" + (plan.target.isEmpty ? "" : " → \(Shown.url(plan.target))"))
            return .pressed
        case .claim: return await claim()
        case .settle(let outcome):
            say(
                outcome.map { "settled: \($0)" }
                    ?? "left in doubt: the password was sent, but its outcome is unknown; once you know it, run: secom-otp settle \(password?.id ?? "ID") used, or rejected"
            )
            if let failure = await desk.settle(outcome) { say("warning: \(failure)") }
            return .settled
        case .follow: return .followed(await follow())
        case .logOut(let press):
            await logOut(press)
            return .loggedOut
        // Handled above.
        case .end: return .begun
        }
    }

    // MARK: - Pages

    private func open(_ url: String) async -> Procedure.Event {
        say("open \(Shown.url(url))")
        before = nil
        await browser?.answersDialogs([])
        try? await browser?.open(url)
        return .opened
    }

    /// Reads the page until the result is final.
    private func read(_ expectation: PageReader.Expectation) async -> Reading {
        guard let browser else { return .failed(.browser("it could not be started")) }
        let reader = PageReader(recipe: recipe, before: before)
        var rest = Rest(rest: recipe.rest)
        let begun = ContinuousClock.now
        var last: Reading?
        while true {
            let age = begun.duration(to: .now)
            if let failure = await browser.mainFailure, case .browser = failure { return .failed(failure) }
            if case .dialog(let text)? = await browser.mainFailure {
                return reader.read(dialog: text, for: expectation)
            }
            if await !browser.isNavigating, let seen = try? await browser.look(recipe.selectors) {
                page = seen.page
                let isLoading = await browser.isLoading || !seen.isReady
                let reading = reader.read(seen.page, for: expectation).despite(
                    await browser.mainFailure, await browser.failure)
                last = isLoading ? nil : reading
                let final = rest.looked(
                    reading, isLoading: isLoading, isFetching: await browser.isFetching,
                    hasAnswered: reader.hasAnswered(seen.page), now: begun.duration(to: .now))
                if let final { return final }
            }
            if await browser.isNavigating {
                last = nil
                await browser.awaitDocument()
            }
            if age >= recipe.pageTimeout {
                if let last, page.map(reader.hasAnswered) ?? false { return last }
                return .failed(.tookTooLong(recipe.pageTimeout))
            }
            do { try await EventLoopExecutor.shared.sleep(for: Self.pause) } catch {
                return .failed(.browser("the walk was cancelled"))
            }
        }
    }

    /// For `--look`: prints what is on the page, and what is missing.
    private func show(_ reading: Reading) {
        if let page { say(PagePrint.text(page)) }
        switch reading {
        case .fits, .taken: break
        case .unknown(let misfit): say("  does not match: " + misfit.description)
        case .refused(let line), .closed(let line): say("  says: 「\(line)」")
        case .failed(let failure): say("  \(failure)")
        }
    }

    private func press(_ plan: Plan, _ confirm: [FoldedText]) async -> Procedure.Event {
        guard let browser else { return .notPressed("the browser is not running") }
        for filling in plan.fillings {
            if let longest = filling.longest, (text(filling.value)?.utf8.count ?? 0) > longest {
                return .notPressed(
                    "\(filling.name) takes at most \(longest) characters, and the \(filling.value.rawValue) is longer")
            }
        }
        let fills = plan.fillings.map { "\($0.name) ← \($0.value.rawValue), " }.joined()
        say("\(fills)press \(plan.pressName)")
        before = page
        await browser.answersDialogs(confirm)
        await browser.guards([Fill.Value.accessKey, .oneTimePassword].compactMap(text))
        // Only a password that is requested from now on counts.
        if !plan.fillings.isEmpty, password == nil { askedAt = Date() }
        switch await browser.carryOut(plan, values()) {
        case .pressed: return .pressed
        case .notPressed(let reason): return .notPressed(reason)
        }
    }

    private func values() -> [Fill.Value: JSON] {
        var values: [Fill.Value: JSON] = [.mail: .string(mail)]
        values[.accessKey] = accessKey.map { .confidential(ConfidentialSecret(secret: $0)) }
        values[.oneTimePassword] = (password?.password).map(JSON.string)
        return values
    }

    private func text(_ value: Fill.Value) -> String? {
        switch value {
        case .mail: mail
        case .oneTimePassword: password?.password
        case .accessKey: accessKey.map { $0.withBytes { String(decoding: $0, as: UTF8.self) } }
        }
    }

    // MARK: - The password

    private func claim() async -> Procedure.Event {
        say("waiting for the mail, at most \(recipe.mailTimeout.text)")
        switch await desk.claim(issuedAfter: askedAt) {
        case .success(let password):
            say("received password \(password.id)")
            self.password = password
            return .claimed(loginURL: password.loginURL)
        case .failure(let ending): return .notClaimed(ending)
        }
    }

    private func follow() async -> String? {
        guard let browser else { return "the browser is not running" }
        let session: JSON.Object
        do { session = try await browser.session() } catch { return "the session cannot be read: \(error)" }
        say("run \(recipe.follow.first ?? "")")
        let failure = await FollowUp(command: recipe.follow, limit: recipe.followTimeout).run(session)
        if let failure { say(failure) }
        return failure
    }

    /// Ends the session, and with it the validity of the password. A failure changes nothing in the result.
    private func logOut(_ press: Press) async {
        guard let browser, let page else { return }
        do {
            let plan = try Finder(recipe: recipe, page: page).plan(for: Step(press: press))
            say("press \(plan.pressName)")
            await browser.answersDialogs(press.confirm)
            if case .notPressed(let reason) = await browser.carryOut(plan, [:]) {
                return say("warning: not logged out: \(reason)")
            }
            // Until the page after the logout is there.
            for _ in 0..<100 {
                try? await EventLoopExecutor.shared.sleep(for: Self.pause)
                guard await !browser.isNavigating, let seen = try? await browser.look([]) else { continue }
                if seen.isReady, await !browser.isLoading,
                    seen.page.documents != page.documents || seen.page.lines != page.lines
                {
                    return
                }
            }
        } catch {
            say("warning: not logged out: \(error)")
        }
    }

    // MARK: - Evidence

    /// Saves the page as it was, so that the recipe can be adapted.
    private func keepEvidence(of ending: Ending) async {
        guard let browser, ending.status != 0, page != nil || purpose == .look else { return }
        let isShut = if case .dialog? = await browser.mainFailure { true } else { false }
        // A page that hangs is not waited for any longer.
        if await browser.isNavigating { await browser.stop() }
        // While a dialog is open, the page cannot be read.
        if !isShut, let seen = try? await browser.look(recipe.selectors) { page = seen.page }
        guard let page else { return }
        let secrets = [Fill.Value.accessKey, .oneTimePassword].compactMap(text)
        let strangers = await browser.strangers.sorted()
        var print = "\(ending)\n\(PagePrint.text(page))"
        if !strangers.isEmpty { print += "  blocked requests to: \(strangers.joined(separator: ", "))\n" }
        for url in await browser.underWay { print += "  still loading: \(url)\n" }
        if purpose != .look { say(print) }
        guard let evidence else { return }
        let picture = isShut ? nil : await browser.picture(without: secrets.map(JSON.string))
        for file in evidence.keep(print: blanked(print), picture: picture, at: Date()) { say("saved \(file)") }
    }
}
