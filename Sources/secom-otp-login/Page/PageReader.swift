/// Tells what a page means for the walk, given what it is waiting for. Pure.
struct PageReader {
    /// What the walk is waiting for.
    enum Expectation: Equatable, Sendable {
        /// The page on which this step is done.
        case step(Phase, Int)
        /// The answer to what was sent in the last step.
        case answer(Phase)
    }
    enum Phase: Equatable, Sendable { case request, login }

    let recipe: Recipe
    /// The page as it was before something was pressed on it; nil if a URL was opened.
    let before: PageSnapshot?

    /// Whether the document or its text differs from what was there before something was pressed.
    func hasAnswered(_ page: PageSnapshot) -> Bool {
        guard let before else { return true }
        return page.documents != before.documents || page.lines != before.lines
    }

    /// What the page says. A page that is not complete yet is also ``Reading/unknown(_:)``.
    func read(_ page: PageSnapshot, for expectation: Expectation) -> Reading {
        switch expectation {
        case .step(let phase, let index):
            let steps = recipe.steps(phase)
            guard steps.indices.contains(index) else { return .unknown(Misfit("the recipe has no such step")) }
            let isSent = steps[..<index].contains { !$0.fill.isEmpty }
            return readStep(page, steps[index], words(phase), isSent: isSent)
        case .answer(let phase): return readAnswer(page, phase)
        }
    }

    /// What a dialog says that the recipe does not answer.
    func read(dialog text: String, for expectation: Expectation) -> Reading {
        let phase: Phase =
            switch expectation {
            case .step(let phase, _), .answer(let phase): phase
            }
        let line = Line(folded: FoldedText(text))
        // Before anything was pressed, a dialog cannot be about something that was sent.
        guard before != nil, line.holds(words(phase).refused) else { return .failed(.dialog(line.shown)) }
        return .refused(line.shown)
    }

    private func readStep(_ page: PageSnapshot, _ step: Step, _ words: AnswerWords, isSent: Bool) -> Reading {
        let misfit: Misfit
        do { return .fits(try Finder(recipe: recipe, page: page).plan(for: step)) } catch { misfit = error }
        let news = news(page)
        // Before anything was filled in, 入力してください is what a form says from the first.
        if isSent, let line = news.first(where: { $0.holds(words.refused) }) { return .refused(line.shown) }
        return closed(news) ?? .unknown(misfit)
    }

    private func readAnswer(_ page: PageSnapshot, _ phase: Phase) -> Reading {
        let words = words(phase)
        let news = news(page)
        let refusal = news.first { $0.holds(words.refused) }
        let isBack = isBack(page, phase)
        let isTaken = news.contains { $0.holds(words.text) } || hasControl(page, words.controls)
        // If the recipe has no words of success, only the mail shows it.
        let isForTheMailToTell = phase == .request && words.text.isEmpty && words.controls.isEmpty
        switch (refusal, isBack, isTaken) {
        // Before the password is sent, nothing is at stake: the words alone are enough.
        case (let line?, _, false) where phase == .request: return .refused(line.shown)
        case (let line?, true, _): return .refused(line.shown)
        // The customer page may well mention something that has expired: it is a refusal only if the field is there again.
        case (_?, false, true) where phase == .login: return .taken
        case (_?, false, true):
            return .unknown(Misfit("the answer has words both of success and of a refusal (text, controls, refused)"))
        case (let line?, false, false):
            return .unknown(
                Misfit("the answer has words of a refusal, but the form is not shown again: 「\(line.shown)」"))
        // A script may leave the form in place and report success beside it. Once the password is sent, that is not enough.
        case (nil, true, true) where phase == .request: return .taken
        case (nil, true, _):
            let missing = phase == .request ? "of success or of a refusal (text, refused)" : "of a refusal (refused)"
            let reason =
                "the form is shown, still or again, without words \(missing); a question that the page asks is one more step"
            return closed(news) ?? .unknown(Misfit(reason))
        case (nil, false, true): return .taken
        case (nil, false, false):
            if let closed = closed(news) { return closed }
            return isForTheMailToTell
                ? .taken
                : .unknown(Misfit("the answer has words neither of success nor of a refusal (text, controls, refused)"))
        }
    }

    private func words(_ phase: Phase) -> AnswerWords { phase == .request ? recipe.requested : recipe.loggedIn }

    /// Whether the form that was sent is shown again: recognised by the field that only this form has.
    private func isBack(_ page: PageSnapshot, _ phase: Phase) -> Bool {
        let value: Fill.Value = phase == .request ? .accessKey : .oneTimePassword
        guard let fill = recipe.steps(phase).flatMap(\.fill).last(where: { $0.value == value }) else { return false }
        let finder = Finder(recipe: recipe, page: page)
        return page.frames.contains {
            $0.controls.contains { $0.kind == .field && $0.isVisible && finder.fits($0, fill) }
        }
    }

    private func hasControl(_ page: PageSnapshot, _ words: [FoldedText]) -> Bool {
        page.frames.contains { frame in
            frame.controls.contains { control in
                control.isVisible && (control.kind == .link || control.kind == .button)
                    && words.contains { word in
                        control.names.contains { Closeness.of(press: $0, to: word, loosely: false) != nil }
                    }
            }
        }
    }

    private func closed(_ news: [Line]) -> Reading? {
        news.first { $0.holds(recipe.closed) }.map { .closed($0.shown) }
    }

    /// A line of text, to be compared and shown.
    private struct Line {
        let folded: FoldedText
        var shown: String { Shown.line(folded.description) }
        func holds(_ words: [FoldedText]) -> Bool { words.contains { folded.contains($0) } }
    }

    /// The lines that were not there before. What a form says from the start, even about errors, means nothing.
    private func news(_ page: PageSnapshot) -> [Line] {
        let old = Set((before?.lines ?? []).map(FoldedText.init))
        return page.lines.map(FoldedText.init).filter { !$0.isEmpty && !old.contains($0) }.map(Line.init)
    }
}

extension Recipe {
    func steps(_ phase: PageReader.Phase) -> [Step] { phase == .request ? request : login }
}
