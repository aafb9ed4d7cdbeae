import Glibc

/// What there is to tell an operator: what is good, what is worth checking, and what must be fixed. A value; who prints it decides how much
/// of it is shown, and where.
struct CheckReport: Sendable {
    /// The same in two languages.
    struct Words: Sendable {
        let english, japanese: String

        init(_ english: String, _ japanese: String? = nil) {
            self.english = english
            self.japanese = japanese ?? english
        }

        /// In the operator's.
        var said: String { CheckReport.isJapanese ? japanese : english }
    }

    enum Weight: Sendable {
        case good
        /// A limit of the server's or a state of things, good to know where one looks: nothing is to be done.
        case fact
        /// Worth checking.
        case note
        /// To be fixed.
        case bad
    }

    /// The first words of a line are the same in every language, for who looks them up; what follows is in the operator's.
    struct Line: Sendable {
        let weight: Weight
        let what: String
        let words: Words
        var advice: Words?

        /// A line, and another with what to do.
        var text: [String] {
            let mark =
                switch weight {
                case .good: "ok  "
                case .fact, .note: "note"
                case .bad: "BAD "
                }
            return ["  \(mark) \(what): \(words.said)"] + (advice.map { ["       → \($0.said)"] } ?? [])
        }

        var tellsSomething: Bool { weight == .note || weight == .bad }
    }

    private(set) var lines: [Line] = []

    var isBad: Bool { lines.contains { $0.weight == .bad } }
    var tellsSomething: Bool { lines.contains(where: \.tellsSomething) }

    mutating func good(_ what: String, _ words: Words) { lines.append(Line(weight: .good, what: what, words: words)) }
    mutating func fact(_ what: String, _ words: Words) { lines.append(Line(weight: .fact, what: what, words: words)) }
    mutating func note(_ what: String, _ words: Words, advice: Words? = nil) {
        lines.append(Line(weight: .note, what: what, words: words, advice: advice))
    }

    /// What is wrong, and what to do about it.
    mutating func bad(_ what: String, _ words: Words, advice: Words?) {
        lines.append(Line(weight: .bad, what: what, words: words, advice: advice))
    }

    // MARK: The language

    private static let isJapanese = speaksJapanese { name in getenv(name).map { String(cString: $0) } }

    /// Whether messages are to be in Japanese, as UTF-8. locale(7)
    static func speaksJapanese(_ environment: (String) -> String?) -> Bool {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap(environment).first { !$0.isEmpty } ?? "C"
        let (name, charset) = (locale.prefix { $0 != "." && $0 != "_" }, locale.drop { $0 != "." }.lowercased())
        return name == "ja" && (charset.hasPrefix(".utf-8") || charset.hasPrefix(".utf8"))
    }
}
