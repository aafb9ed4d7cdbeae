/// Finds the fields and the button of a step on a page, by what a person would read there. Pure.
///
/// It never guesses: two that match equally well are a misfit, and so is a form that asks for more than the recipe mentions.
struct Finder {
    let recipe: Recipe
    private let page: PageSnapshot

    init(recipe: Recipe, page: PageSnapshot) {
        self.recipe = recipe
        // Frames of other hosts, and the browser's own error pages, are ignored.
        let wall = HostWall(recipe.hosts)
        self.page = PageSnapshot(frames: page.frames.filter { wall.allows(url: $0.url) })
    }

    /// In characters. Longer names are prose, which may mention anything.
    private static let proseLength = 40

    /// The only way to do the step on this page.
    ///
    /// - Throws: ``Misfit`` if there is none, or more than one.
    func plan(for step: Step) throws(Misfit) -> Plan {
        if let cut = page.frames.first(where: \.isCut) {
            throw Misfit("\(Shown.url(cut.url)) is too large: only a part of it was read")
        }
        return step.fill.isEmpty ? try link(step.press) : try form(step)
    }

    // MARK: - A link or button alone

    private func link(_ press: Press) throws(Misfit) -> Plan {
        var found: [(frame: PageSnapshot.Frame, control: PageSnapshot.Control, closeness: Closeness)] = []
        for word in alternatives(press) {
            for frame in page.frames {
                for control in frame.controls where control.isVisible {
                    guard let closeness = closeness(control, press, word, loosely: true) else { continue }
                    found.append((frame, control, closeness))
                }
            }
            if !found.isEmpty { break }
        }
        let wanted = "no button or link matches \(Self.wanted(press))"
        guard let best = found.map(\.closeness).min() else { throw Misfit(wanted) }
        found = found.filter { $0.closeness == best }
        // An image and a text that lead to the same page count as one link.
        let isOne = found.allSatisfy {
            $0.control.target == found[0].control.target && $0.frame.id == found[0].frame.id
        }
        guard found.count == 1 || isOne && found[0].control.kind == .link && leadsSomewhere(found[0].control) else {
            throw Misfit(
                "\(found.count) buttons or links match \(Self.wanted(press)) equally well: "
                    + found.map { Self.name($0.control) }.joined(separator: ", "))
        }
        // A button sends the fields before it as well, whatever the step asks for.
        if found[0].control.kind == .button || !leadsSomewhere(found[0].control),
            let section = sections(press).first(where: {
                $0.frame.id == found[0].frame.id && $0.button.index == found[0].control.index
            })
        {
            try refuseTrap(section.fields, "before the button \(Self.name(section.button))")
        }
        try refuseStranger(found[0].control.target)
        return Plan(
            frame: found[0].frame.id, document: found[0].frame.document, fillings: [], press: found[0].control.index,
            pressName: Self.name(found[0].control), target: found[0].control.target)
    }

    // MARK: - A form

    private func form(_ step: Step) throws(Misfit) -> Plan {
        var plans: [Plan] = []
        var reasons: [String] = []
        for section in sections(step.press) {
            do { plans.append(try plan(for: step, in: section)) } catch { reasons += error.reasons }
        }
        guard plans.count < 2 else {
            throw Misfit(
                "\(plans.count) forms match equally well; their buttons are \(plans.map(\.pressName).joined(separator: ", "))"
            )
        }
        if let plan = plans.first { return plan }
        throw Misfit(reasons.isEmpty ? ["no button matches \(Self.wanted(step.press))"] : reasons)
    }

    /// Fields of one form, and the button after them: what belongs together for a person.
    private struct Section {
        var frame: PageSnapshot.Frame
        var fields: [PageSnapshot.Control] = []
        var button: PageSnapshot.Control
    }

    /// A form is divided after each button that matches and each button that submits it, because one form may have two sections.
    private func sections(_ press: Press) -> [Section] {
        guard let word = alternatives(press).first(where: { word in buttons(press, word).contains { !$0.isEmpty } })
        else {
            return []
        }
        var sections: [Section] = []
        for (frame, fitting) in zip(page.frames, buttons(press, word)) {
            for form in Set(fitting.map(\.form)).sorted() {
                var fields: [PageSnapshot.Control] = []
                for control in frame.controls where control.form == form && control.isVisible {
                    if fitting.contains(where: { $0.index == control.index }) {
                        sections.append(Section(frame: frame, fields: fields, button: control))
                        fields = []
                    } else if control.kind == .field {
                        fields.append(control)
                    } else if control.kind == .button, control.type == "submit" || control.type == "image" {
                        fields = []
                    }
                }
            }
        }
        return sections
    }

    /// In each frame, the buttons that match best.
    private func buttons(_ press: Press, _ word: FoldedText?) -> [[PageSnapshot.Control]] {
        let all = page.frames.map { frame in
            frame.controls.compactMap { control -> (control: PageSnapshot.Control, closeness: Closeness)? in
                guard control.isVisible else { return nil }
                return closeness(control, press, word, loosely: false).map { (control, $0) }
            }
        }
        let best = all.joined().map(\.closeness).min()
        return all.map { frame in frame.filter { $0.closeness == best }.map(\.control) }
    }

    private func plan(for step: Step, in section: Section) throws(Misfit) -> Plan {
        let place = "before the button \(Self.name(section.button))"
        try refuseTrap(section.fields + [section.button], place)
        var fillings: [Plan.Filling] = []
        for fill in step.fill {
            let field = try field(fill, among: section.fields, place)
            guard !fillings.contains(where: { $0.index == field.index }) else {
                throw Misfit("\(Self.name(field)) \(place) matches two fields of the recipe's step")
            }
            guard field.isEnabled else {
                throw Misfit("\(Self.name(field)) \(place) cannot be filled in: it is disabled or read-only")
            }
            fillings.append(
                Plan.Filling(index: field.index, value: fill.value, longest: field.longest, name: Self.name(field)))
        }
        for field in section.fields where !fillings.contains(where: { $0.index == field.index }) && field.isEnabled {
            if step.leave.contains(where: { word in field.names.contains { Closeness.of(field: $0, to: word) != nil } })
            {
                continue
            }
            throw Misfit(
                "the form \(place) also asks for \(Self.name(field)), which the recipe does not mention (leave)")
        }
        try refuseStranger(section.button.target)
        return Plan(
            frame: section.frame.id, document: section.frame.document, fillings: fillings, press: section.button.index,
            pressName: Self.name(section.button), target: section.button.target)
    }

    /// What the recipe warns of: the form that issues another access key, above all.
    private func refuseTrap(_ controls: [PageSnapshot.Control], _ place: String) throws(Misfit) {
        for control in controls {
            for name in control.names.map({ FoldedText($0.text) })
            where name.length <= Self.proseLength && recipe.never.contains(where: { name.contains($0) }) {
                throw Misfit("the form \(place) is left alone, because it contains \(Self.name(control)) (never)")
            }
        }
    }

    private func field(_ fill: Fill, among fields: [PageSnapshot.Control], _ place: String) throws(Misfit)
        -> PageSnapshot.Control
    {
        if let selector = fill.selector {
            let matching = fields.filter { matches($0, selector) }
            guard matching.count == 1 else { throw Misfit("\(matching.count) fields match \(selector) \(place)") }
            return matching[0]
        }
        for word in fill.words {
            let ranked = fields.compactMap { field in rank(field, word).map { (field: field, rank: $0) } }
            guard let best = ranked.map(\.rank).min() else { continue }
            let fitting = ranked.filter { $0.rank == best }.map(\.field)
            guard fitting.count == 1 else {
                throw Misfit(
                    "\(fitting.count) fields \(place) match \"\(word)\" equally well: \(fitting.map(Self.name).joined(separator: ", "))"
                )
            }
            return fitting[0]
        }
        let there = fields.isEmpty ? "none" : fields.map(Self.name).joined(separator: ", ")
        throw Misfit("no field \(place) is called \(Self.list(fill.words)); the fields there: \(there)")
    }

    /// Whether the field may be the one that the recipe means.
    func fits(_ field: PageSnapshot.Control, _ fill: Fill) -> Bool {
        fill.selector.map { matches(field, $0) } ?? fill.words.contains { rank(field, $0) != nil }
    }

    private func matches(_ control: PageSnapshot.Control, _ selector: String) -> Bool {
        recipe.selectors.firstIndex(of: selector).map { control.selectors.contains($0) } ?? false
    }

    /// Ranks by how well the name matches, and then by how firmly it belongs to the field; lower is better.
    private func rank(_ field: PageSnapshot.Control, _ word: FoldedText) -> Int? {
        let isFirm = field.names.contains { $0.source.isFirm }
        return field.names.compactMap { name in
            if name.source == .preceding, isFirm { return nil }
            let firmness = name.source.isFirm ? 0 : name.source == .preceding ? 2 : 1
            return Closeness.of(field: name, to: word).map { $0.rawValue * 3 + firmness }
        }.min()
    }

    // MARK: - Words

    /// With a selector, no words are compared.
    private func alternatives(_ press: Press) -> [FoldedText?] { press.selector == nil ? press.words : [nil] }

    private func closeness(
        _ control: PageSnapshot.Control, _ press: Press, _ word: FoldedText?, loosely: Bool
    ) -> Closeness? {
        guard control.kind == .button || control.kind == .link else { return nil }
        guard let word else {
            return press.selector.map { matches(control, $0) } ?? false ? .exact : nil
        }
        return control.names.compactMap {
            Closeness.of(press: $0, to: word, loosely: loosely)
        }.min()
    }

    private func leadsSomewhere(_ control: PageSnapshot.Control) -> Bool { WebAddress(control.target) != nil }

    /// What leads to another host is not even pressed.
    private func refuseStranger(_ target: String) throws(Misfit) {
        guard let address = WebAddress(target), !HostWall(recipe.hosts).allows(address) else { return }
        throw Misfit(
            "the button or link leads to \(address.origin), which is not https or not one of the recipe's hosts")
    }

    /// The name of a control, for people.
    static func name(_ control: PageSnapshot.Control) -> String {
        let name = control.names.first.map { Shown.line($0.text, atMost: 60) } ?? ""
        return name.isEmpty
            ? "(\(control.type.isEmpty ? control.kind.rawValue : control.type) without a name)" : "「\(name)」"
    }

    /// What the recipe gives for a button or link, for people.
    private static func wanted(_ press: Press) -> String { press.selector ?? list(press.words) }

    private static func list(_ words: [FoldedText]) -> String {
        words.map { "\"\($0)\"" }.joined(separator: " or ")
    }
}
