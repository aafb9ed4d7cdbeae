/// The state of the procedure of SECOM Passport for Web: events go in, the next action comes out. Pure.
///
/// The password's outcome depends on whether it may have been sent to the server. Until then, a failure returns it as unused;
/// afterwards, only a page that the recipe describes settles it, and anything else leaves it in doubt. Nothing is ever tried twice.
struct Procedure: Sendable {
    /// What the walk is for.
    enum Purpose: Equatable, Sendable {
        /// Request a password, wait for it, log in.
        case login
        /// Log in with a password that something else has requested.
        case delivered
        /// Check whether the recipe matches the pages, and do nothing on them.
        case look
    }

    enum Event: Equatable, Sendable {
        case begun
        /// The URL is being loaded; reading the page shows the result.
        case opened
        case read(Reading)
        /// The page is no longer as it was planned: nothing was pressed. With the reason.
        case notPressed(String)
        /// The button was pressed, or may have been.
        case pressed
        /// With the URL in the mail.
        case claimed(loginURL: String)
        case notClaimed(Ending)
        case settled
        /// With the command's failure; nil: it succeeded.
        case followed(String?)
        case loggedOut
    }

    enum Action: Equatable, Sendable {
        case open(String)
        case read(PageReader.Expectation)
        /// Fill in and press.
        case press(Plan, confirm: [FoldedText])
        /// Print what would be done, for `--look`.
        case tell(PageReader.Phase, Int, Plan)
        case claim
        /// Report the outcome; nil: leave it in doubt.
        case settle(Outcome?)
        case follow
        case logOut(Press)
        case end(Ending)
    }

    /// The outcome of a password, as the daemon records it.
    enum Outcome: Equatable, Sendable { case used, rejected, unused }

    private enum State: Equatable {
        case begun, opening(PageReader.Phase)
        case reading(PageReader.Phase, Int)
        case pressing(PageReader.Phase, Int)
        case answer(PageReader.Phase)
        case claiming
        case settling(Ending)
        case following, loggingOut(Ending), ended
    }

    private let recipe: Recipe
    private let purpose: Purpose
    private var state = State.begun
    /// While this is true, nobody else can get the password.
    private var holdsPassword = false
    /// True from the moment at which the password may have been sent to the server.
    private(set) var hasSentPassword = false
    /// For `--look`: the first mismatch so far.
    private var misfit: Ending?

    init(_ recipe: Recipe, for purpose: Purpose) { (self.recipe, self.purpose) = (recipe, purpose) }

    mutating func received(_ event: Event) -> Action {
        switch (state, event) {
        case (.begun, .begun):
            guard purpose == .delivered else { return open(recipe.start, .request) }
            state = .claiming
            return .claim
        case (.opening(let phase), .opened): return read(phase, 0)
        case (.reading(let phase, let index), .read(let reading)): return found(reading, phase, index)
        case (.pressing(let phase, let index), .pressed): return afterPress(phase, index)
        case (.pressing, .notPressed(let reason)):
            // The password has not left this machine.
            hasSentPassword = false
            return give(up: .unknown(Misfit(reason)))
        case (.answer(let phase), .read(let reading)): return answered(reading, phase)
        case (.claiming, .claimed(let url)):
            holdsPassword = true
            return open(url, .login)
        case (.claiming, .notClaimed(let ending)): return end(ending)
        case (.settling(.loggedIn), .settled):
            state = .following
            return recipe.follow.isEmpty ? afterFollow(nil) : .follow
        case (.settling(let ending), .settled): return end(ending)
        case (.following, .followed(let failure)): return afterFollow(failure)
        case (.loggingOut(let ending), .loggedOut): return end(ending)
        // An event that does not belong to this state: nothing more is done.
        default: return give(up: .failed(.browser("it reported an event that is not expected here")))
        }
    }

    // MARK: - Pages

    private mutating func open(_ url: String, _ phase: PageReader.Phase) -> Action {
        state = .opening(phase)
        guard let address = WebAddress(url.prefixWithoutQuery), HostWall(recipe.hosts).allows(address) else {
            return give(up: .failed(.stranger(Shown.url(url))))
        }
        return .open(url)
    }

    private mutating func read(_ phase: PageReader.Phase, _ index: Int) -> Action {
        state = .reading(phase, index)
        return .read(.step(phase, index))
    }

    private mutating func found(_ reading: Reading, _ phase: PageReader.Phase, _ index: Int) -> Action {
        switch reading {
        case .fits(let plan):
            let step = recipe.steps(phase)[index]
            if purpose == .look, !plan.fillings.isEmpty {
                state = .pressing(phase, index)
                return .tell(phase, index, plan)
            }
            state = .pressing(phase, index)
            if plan.fills(.oneTimePassword) { hasSentPassword = true }
            return .press(plan, confirm: step.press.confirm)
        case .taken: return give(up: .unknown(Misfit("an answer came where the page of a step was expected")))
        case .refused(let line): return give(up: .refused(line))
        case .unknown(let misfit): return give(up: .unknown(misfit))
        case .closed(let line): return give(up: .closed(line))
        case .failed(let failure): return give(up: .failed(failure))
        }
    }

    private mutating func afterPress(_ phase: PageReader.Phase, _ index: Int) -> Action {
        let steps = recipe.steps(phase)
        if purpose == .look, !steps[index].fill.isEmpty { return looked(phase) }
        if index + 1 < steps.count { return read(phase, index + 1) }
        state = .answer(phase)
        return .read(.answer(phase))
    }

    private mutating func answered(_ reading: Reading, _ phase: PageReader.Phase) -> Action {
        switch (reading, phase) {
        case (.taken, .request):
            state = .claiming
            return .claim
        case (.taken, .login):
            state = .settling(.loggedIn)
            return .settle(.used)
        case (.refused(let line), .login):
            state = .settling(.refused(line))
            return .settle(.rejected)
        case (.refused(let line), .request): return end(.refused(line))
        case (.unknown(let misfit), _): return give(up: .unknown(misfit))
        case (.closed(let line), _): return give(up: .closed(line))
        case (.failed(let failure), _): return give(up: .failed(failure))
        case (.fits, _): return give(up: .unknown(Misfit("the page of a step came where an answer was expected")))
        }
    }

    // MARK: - Ends

    /// The page is not one that the recipe describes, or it did not load: nothing more is done on it.
    private mutating func give(up ending: Ending) -> Action {
        if purpose == .look {
            misfit = misfit ?? ending
            // The login page can still be looked at.
            switch state {
            case .reading(.request, _), .opening(.request), .pressing(.request, _): return looked(.request)
            default: return end(misfit ?? ending)
            }
        }
        guard holdsPassword else { return end(ending) }
        state = .settling(ending)
        return .settle(hasSentPassword ? nil : .unused)
    }

    private mutating func looked(_ phase: PageReader.Phase) -> Action {
        if phase == .request, let page = recipe.loginPage { return open(page, .login) }
        return end(misfit ?? .looked)
    }

    private mutating func afterFollow(_ failure: String?) -> Action {
        let ending = failure.map(Ending.followFailed) ?? .loggedIn
        guard let logout = recipe.logout else { return end(ending) }
        state = .loggingOut(ending)
        return .logOut(logout)
    }

    private mutating func end(_ ending: Ending) -> Action {
        (state, holdsPassword) = (.ended, false)
        return .end(ending)
    }
}
