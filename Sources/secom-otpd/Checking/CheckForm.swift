import Messages

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
    func text(_ form: CheckForm, isFirst: Bool, in language: Language) -> [String] {
        let told = report.lines.filter { form == .whole || $0.tellsSomething }.flatMap {
            $0.text(in: language)
        }
        let heading = heading.rendered(in: language)
        switch form {
        case .whole: return (isFirst ? [] : [""]) + [heading] + told
        case .brief where told.isEmpty: return ["  ok   mailbox \(name): \(brief.rendered(in: language))"]
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

    func text(_ form: CheckForm, in language: Language) -> [String] {
        // Nobody is to be told that there is nothing to tell.
        if form == .quiet, unable.isEmpty, remarkable.isEmpty { return [] }
        var report = CheckReport()
        if unable.isEmpty {
            report.good(
                "summary",
                worth(Text("\(count) of \(count) mailbox(es) usable")))
        } else {
            report.bad(
                "summary",
                worth(
                    Text("\(unable.count) of \(count) mailbox(es) not usable: \(Self.names(unable))")), advice: nil)
        }
        return (form == .whole ? [""] : []) + report.text(in: language)
    }

    private func worth(_ words: Text) -> Text {
        guard !remarkable.isEmpty else { return words }
        let names = Self.names(remarkable)
        return Text("\(words); worth checking: \(names)")
    }

    private static func names(_ names: [String]) -> String {
        let further = names.count > mostNames ? ", +\(names.count - mostNames)" : ""
        return names.prefix(mostNames).joined(separator: ", ") + further
    }
}
