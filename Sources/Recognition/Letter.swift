import MIME
import Messages
import Secrets

/// The text parts of a mail, evaluated together.
struct Letter {
    /// How many bytes of a refused text are examined to find what to show of it.
    private static let shown = 64 << 10

    private let rules: RecognitionRules
    private let limits: Limits
    private var findings: Findings
    /// What the HTML would say if its hidden text were shown. A reader does not see it: it gives nothing, but must not
    /// contradict what he sees.
    private var hidden: Findings
    /// The bound that the mail's structure or text exceeds.
    private(set) var fault: MalformedMessage?
    private var entity: Entity?
    /// The labels' surroundings, once the text has been refused.
    private(set) var shape: String?

    init(rules: RecognitionRules, limits: Limits) {
        self.rules = rules
        self.limits = limits
        findings = Findings(rules)
        hidden = findings
    }

    /// The parts that a reader sees.
    mutating func parts(of entity: Entity) throws(Refusal) -> [TextPart] {
        self.entity = entity
        do {
            return try entity.textParts(limits: limits)
        } catch {
            fault = error
            throw Refusal(malformed: error)
        }
    }

    /// Exactly one password and one login URL out of all parts together.
    mutating func read(_ parts: [TextPart]) throws(Refusal) -> (password: Secret, url: LoginURL) {
        var texts: [[UInt8]] = []
        defer {
            for index in texts.indices { texts[index].wipe() }
            findings.wipe()
            hidden.wipe()
        }
        do throws(MalformedMessage) {
            var total = 0
            for part in parts {
                let text = try part.text(limits: limits)
                total += text.count
                texts.append(try read(text, isHTML: part.isHTML))
                if total > limits.text { throw .tooMuchText }
            }
        } catch {
            fault = error
            throw Refusal(malformed: error)
        }
        findings.contradict(with: hidden)
        do throws(Refusal) {
            return try findings.verdict()
        } catch {
            var seen = Shape(rules)
            for text in texts { seen.read(text.prefix(Self.shown)) }
            shape = seen.description
            throw explained(error, texts)
        }
    }

    /// A refusal for lack of a label, with what the mail holds instead.
    private func explained(_ refusal: Refusal, _ texts: [[UInt8]]) -> Refusal {
        guard refusal.reason == .noPassword || refusal.reason == .noLoginURL else { return refusal }
        var wording = Wording(rules)
        for text in texts { wording.read(text.prefix(Self.shown)) }
        let remedy = wording.remedy(missing: findings.missing)
        let unreadable = UnreadableContent.detail(entity?.unreadableParts(limits: limits) ?? [], texts: texts)
        return Refusal(
            refusal.reason, .clauses([refusal.detail, unreadable, remedy].compactMap { $0 }),
            remedy: remedy)
    }

    /// The text as a reader sees it.
    private mutating func read(_ text: consuming [UInt8], isHTML: Bool) throws(MalformedMessage) -> [UInt8] {
        guard isHTML else {
            findings.read(text[...])
            return text
        }
        var html = text
        defer { html.wipe() }
        let page = try HTMLText(html[...], limits: limits, showsHidden: false)
        findings.read(page)
        if page.hasHidden {
            var all = try HTMLText(html[...], limits: limits, showsHidden: true)
            hidden.read(all)
            all.wipe()
        }
        return page.text
    }
}
