import Messages

/// What there is to tell an operator: what is good, what is worth checking, and what must be fixed. A value; who prints it decides how much
/// of it is shown, and where.
struct CheckReport: Sendable {
    enum Weight: Sendable {
        case good
        /// A limit of the server's or a state of things, good to know where one looks: nothing is to be done.
        case fact
        /// Worth checking.
        case note
        /// To be fixed.
        case bad
    }

    /// The first words of a line are the same in every language, for who looks them up; what follows is in the operator's language.
    struct Line: Sendable {
        let weight: Weight
        let what: String
        let words: Text
        var advice: Text?

        /// A line, and another with what to do.
        func text(in language: Language) -> [String] {
            let mark =
                switch weight {
                case .good: "ok  "
                case .fact, .note: "note"
                case .bad: "BAD "
                }
            return ["  \(mark) \(what): \(words.rendered(in: language))"]
                + (advice.map { ["       → \($0.rendered(in: language))"] } ?? [])
        }

        var tellsSomething: Bool { weight == .note || weight == .bad }
    }

    private(set) var lines: [Line] = []

    var isBad: Bool { lines.contains { $0.weight == .bad } }
    var tellsSomething: Bool { lines.contains(where: \.tellsSomething) }

    mutating func good(_ what: String, _ words: Phrase) { good(what, Text(words)) }
    mutating func good(_ what: String, _ words: Text) { add(.good, what, words, nil) }
    mutating func fact(_ what: String, _ words: Phrase) { add(.fact, what, Text(words), nil) }
    mutating func note(_ what: String, _ words: Phrase, advice: Text? = nil) {
        add(.note, what, Text(words), advice)
    }

    /// What is wrong, and what to do about it.
    mutating func bad(_ what: String, _ words: Phrase, advice: Text?) { bad(what, Text(words), advice: advice) }
    mutating func bad(_ what: String, _ words: Text, advice: Text?) { add(.bad, what, words, advice) }

    private mutating func add(_ weight: Weight, _ what: String, _ words: Text, _ advice: Text?) {
        lines.append(Line(weight: weight, what: what, words: words, advice: advice))
    }

    /// All of its lines.
    func text(in language: Language) -> [String] { lines.flatMap { $0.text(in: language) } }
}
