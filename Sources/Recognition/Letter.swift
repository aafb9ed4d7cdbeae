import MIME
import Secrets

/// The text parts of a mail, read together.
struct Letter {
    private let rules: RecognitionRules
    private let limits: Limits
    private var findings: Findings
    /// What the HTML would say if its hidden text were shown. A reader does not see it: it gives nothing, but must not
    /// contradict what he sees.
    private var hidden: Findings
    /// The bound that the mail's structure or text exceeds.
    private(set) var fault: MalformedMessage?
    /// The labels' surroundings, once the text has been refused.
    private(set) var shape: String?

    init(rules: RecognitionRules, limits: Limits) {
        self.rules = rules
        self.limits = limits
        findings = Findings(hosts: rules.loginHosts)
        hidden = findings
    }

    /// The parts that a reader sees.
    mutating func parts(of entity: Entity) throws(Refusal) -> [TextPart] {
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
            var seen = Shape()
            for text in texts { seen.read(text[...]) }
            shape = seen.description
            throw error
        }
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
