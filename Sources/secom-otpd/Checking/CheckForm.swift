/// How much of the result is shown.
enum CheckForm: Sendable {
    /// All of it: for whoever looks at one mailbox, or a few.
    case whole
    /// A mailbox that has nothing to tell is one line, of another what it has to tell: a hundred are a screen.
    case brief
    /// What is not well, and nothing else.
    case quiet

    /// Of so many mailboxes all is told of each.
    static let few = 3

    /// For so many mailboxes.
    init(mailboxes count: Int) { self = count <= Self.few ? .whole : .brief }
}

extension CheckedMailbox {
    /// Its lines. Mailboxes shown in full are separated by an empty line.
    func text(_ form: CheckForm, isFirst: Bool) -> [String] {
        let told = report.lines.filter { form == .whole || $0.tellsSomething }.flatMap(\.text)
        switch form {
        case .whole: return (isFirst ? [] : [""]) + [heading] + told
        case .brief where told.isEmpty: return ["  ok   mailbox \(name): \(brief.said)"]
        case .quiet where told.isEmpty: return []
        case .brief, .quiet: return [heading] + told
        }
    }
}

/// The last line: how many mailboxes are usable, and which are not.
struct CheckSummary {
    /// More names than that are counted.
    private static let mostNames = 10

    private var count = 0
    private var unable: [String] = []
    private var remarkable: [String] = []

    mutating func add(_ checked: CheckedMailbox) {
        count += 1
        if checked.report.isBad {
            unable.append(checked.name)
        } else if checked.report.tellsSomething {
            remarkable.append(checked.name)
        }
    }

    var isBad: Bool { !unable.isEmpty }

    func text(_ form: CheckForm) -> [String] {
        // Nobody is to be told that there is nothing to tell.
        if form == .quiet, unable.isEmpty, remarkable.isEmpty { return [] }
        var report = CheckReport()
        if unable.isEmpty {
            report.good(
                "summary",
                worth(.init("\(count) of \(count) mailbox(es) usable", "\(count) 個中 \(count) 個のメールボックスが利用できる")))
        } else {
            report.bad(
                "summary",
                worth(
                    .init(
                        "\(unable.count) of \(count) mailbox(es) not usable: \(Self.names(unable))",
                        "\(count) 個中 \(unable.count) 個のメールボックスが利用できない: \(Self.names(unable))")), advice: nil)
        }
        return (form == .whole ? [""] : []) + report.lines.flatMap(\.text)
    }

    private func worth(_ words: CheckReport.Words) -> CheckReport.Words {
        guard !remarkable.isEmpty else { return words }
        let names = Self.names(remarkable)
        return .init("\(words.english); worth checking: \(names)", "\(words.japanese)。確認したほうがよいもの: \(names)")
    }

    private static func names(_ names: [String]) -> String {
        let further = names.count > mostNames ? ", +\(names.count - mostNames)" : ""
        return names.prefix(mostNames).joined(separator: ", ") + further
    }
}
