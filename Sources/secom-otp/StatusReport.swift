import FoundationEssentials
import Messages

/// Status, for people: what is not well comes first, and no line is wider than the terminal.
struct StatusReport {
    let status: DaemonStatus
    let now: Date
    var width = 80
    var hasColours = false
    var language = Language.english

    /// Mailboxes that the summary names.
    private static let named = 3

    /// How many there are, and which of the mailboxes are not well.
    var summary: [String] {
        let (mailboxes, passwords) = (status.mailboxes, status.passwords)
        let ill = ranked.filter { !$0.isWell }.map(\.name)
        let names = ill.prefix(Self.named).joined(separator: ", ") + (ill.count > Self.named ? ", ..." : "")
        let number = mailboxes.count == 1 ? Text("1 mailbox") : Text("\(mailboxes.count) mailboxes")
        let watched =
            mailboxes.isEmpty
            ? Text("no mailbox")
            : ill.isEmpty ? Text("\(number), all OK") : Text("\(number), \(ill.count) with problems (\(names))")
        let counts = Self.states.compactMap { state in
            let count = passwords.count { $0.state == state }
            return count > 0 ? Text("\(count) \(state)") : nil
        }
        let mails = counts.isEmpty ? Text("no mail from the sender") : Text.list(counts)
        return DisplayWidth.wrapped(
            Text("secom-otpd \(status.version): \(watched); \(mails)").rendered(in: language), to: width)
    }

    /// Whether all is well.
    private var isWell: Bool {
        !status.mailboxes.isEmpty && status.mailboxes.allSatisfy(\.isWell)
            && !status.passwords.contains { $0.state == "inDoubt" || $0.isRefusal }
    }

    /// The summary, so that it stands out.
    var styledSummary: [String] {
        summary.map { (isWell ? Table.Style.good : .warning).applied(to: $0, if: hasColours) }
    }

    /// The mailboxes, and below them the mails, with times in full where there is room for them.
    var lines: [String] {
        let long = tables(LocalTime(now: now, length: .long))
        let tables = long.allSatisfy { $0.fits(width) } ? long : tables(LocalTime(now: now))
        let parts = tables.map { $0.lines(width: width, hasColours: hasColours) }
        return Array(parts.joined(separator: [""])) + hints
    }

    /// Where the rest is told, for who sees a code alone.
    private var hints: [String] {
        guard status.passwords.contains(where: { $0.isRefusal && $0.reason == $0.reasonCode }) else { return [] }
        return DisplayWidth.wrapped(
            Text("Why a mail is refused, and what to do: secom-otp check").rendered(in: language), to: width)
    }

    private func tables(_ time: LocalTime) -> [Table] {
        [mailboxTable(time)] + (status.passwords.isEmpty ? [] : [passwordTable(time)])
    }

    /// Those that are not well first, and else in their order.
    private var ranked: [DaemonStatus.Mailbox] {
        status.mailboxes.enumerated().sorted {
            (Self.rank($0.element), $0.offset) < (Self.rank($1.element), $1.offset)
        }.map(\.element)
    }

    private func title(_ phrase: Phrase) -> String { Text(phrase).rendered(in: language) }

    private func mailboxTable(_ time: LocalTime) -> Table {
        Table(
            columns: [
                .init(title: title("MAILBOX")), .init(title: title("STATE")), .init(title: title("ARRIVAL"), yields: 4),
                .init(title: title("CLAIMS"), yields: 3), .init(title: title("ANSWERED"), yields: 1),
                .init(title: title("LAST MAIL"), yields: 2), .init(title: title("RECONNECTS"), yields: 5),
            ],
            rows: ranked.map { mailbox in
                Table.Row(
                    cells: [
                        .init(text: mailbox.name, style: .strong),
                        .init(text: mailbox.state, style: Self.style(mailbox)), Self.cell(mailbox.arrival),
                        Self.cell(mailbox.claims), Self.cell(mailbox.lastRoundTripAt.map(time.text)),
                        Self.cell(mailbox.lastArrivalAt.map(time.text)),
                        mailbox.reconnects == 0 ? .empty : .init(text: "\(mailbox.reconnects)"),
                    ], notes: notes(mailbox, time))
            })
    }

    private func notes(_ mailbox: DaemonStatus.Mailbox, _ time: LocalTime) -> [Table.Cell] {
        var notes: [Table.Cell] = []
        let next = mailbox.nextAttemptAt.map { Text("next attempt at \(time.text($0))") }
        if let error = mailbox.error {
            let text = next.map { Text("\(error); \($0)") } ?? Text(verbatim: error)
            notes.append(.init(text: text.rendered(in: language), style: Self.style(mailbox)))
        } else if let next {
            notes.append(.init(text: next.rendered(in: language)))
        }
        if let advice = mailbox.advice { notes.append(.init(text: "-> \(advice)")) }
        return notes
    }

    private func passwordTable(_ time: LocalTime) -> Table {
        let ranked = status.passwords.sorted { left, right in
            let (first, second) = (Self.rank(left), Self.rank(right))
            // The newest first; the ID decides where both came at once.
            let times = (left.issuedAt ?? .distantPast, right.issuedAt ?? .distantPast)
            return first != second ? first < second : times.0 != times.1 ? times.0 > times.1 : left.id < right.id
        }
        return Table(
            columns: [
                .init(title: title("PASSWORD")), .init(title: title("STATE")),
                .init(title: title("REASON"), yields: 3, note: { $0 }),
                .init(title: title("ISSUED"), yields: 1), .init(title: title("EXPIRES"), yields: 4),
                .init(
                    title: title("RECIPIENT"), yields: 2,
                    note: { [language] in Text("to \($0)").rendered(in: language) }),
            ],
            rows: ranked.map { password in
                let more = password.reason.flatMap { $0 == password.reasonCode ? nil : Table.Cell(text: $0) }
                return Table.Row(
                    cells: [
                        .init(text: password.id),
                        .init(text: password.state, style: Self.style(password)),
                        Self.cell(password.reasonCode), Self.cell(password.issuedAt.map(time.text)),
                        Self.cell(password.expiresAt.map(time.text)), Self.cell(password.recipient),
                    ], notes: more.map { [$0] } ?? [])
            })
    }

    /// In the order in which they ask to be looked at.
    private static let states = ["inDoubt", "refused", "claimed", "available", "rejected", "used", "expired"]

    private static func rank(_ mailbox: DaemonStatus.Mailbox) -> Int {
        switch mailbox.state {
        case "failed": 0
        case "retrying": 1
        case "connecting": 3
        case "watching": mailbox.error != nil ? 2 : mailbox.advice != nil ? 4 : 5
        default: 0
        }
    }

    private static func rank(_ password: DaemonStatus.Password) -> Int {
        // A copy, or a mail that is gone, asks for nothing.
        if password.state == "refused", !password.isRefusal { return states.count }
        return states.firstIndex(of: password.state) ?? 0
    }

    private static func style(_ mailbox: DaemonStatus.Mailbox) -> Table.Style {
        switch mailbox.state {
        case "failed": .bad
        case "watching" where mailbox.error == nil: .good
        default: .warning
        }
    }

    private static func style(_ password: DaemonStatus.Password) -> Table.Style {
        switch password.state {
        case "refused" where password.isRefusal: .bad
        case "inDoubt": .warning
        case "available", "claimed": .good
        default: .plain
        }
    }

    private static func cell(_ text: String?) -> Table.Cell { text.map { .init(text: $0) } ?? .empty }
}
