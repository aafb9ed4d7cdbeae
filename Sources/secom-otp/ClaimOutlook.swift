import FoundationEssentials
import Handoff
import Messages

/// What a claim waits for, and why it got nothing: by what Status tells.
struct ClaimOutlook {
    let status: DaemonStatus
    private let mailbox: String?
    private let recipient: String?
    /// In whole seconds, as the daemon compares it.
    private let issuedAfter: Date?
    private let includesInDoubt: Bool

    init(_ request: HandoffClient.Request, _ status: DaemonStatus) {
        self.status = status
        // As the status has them.
        mailbox = request.mailbox?.harmless
        recipient = request.recipient?.harmless.lowercased()
        issuedAfter = request.issuedAfter.flatMap(RFC3339.parse).map {
            Date(timeIntervalSince1970: $0.timeIntervalSince1970.rounded(.down))
        }
        includesInDoubt = request.includesInDoubt
    }

    /// Things of one kind that are named; the others are counted.
    private static let named = 4

    // MARK: While it waits

    /// What it waits for, in so many columns: the mailboxes and their states, with their errors where there is room.
    static func waiting(_ left: Duration, for outlook: ClaimOutlook?, width: Int) -> String {
        let lines = (outlook?.descriptions ?? [Text("for a matching password")]).map {
            Text("secom-otp: waiting, \(text(left)) left: \($0)").said
        }
        return lines.first { DisplayWidth.of($0) <= width } ?? DisplayWidth.cut(lines.last ?? "", to: width)
    }

    private var mailboxes: [DaemonStatus.Mailbox] {
        status.mailboxes.filter { mailbox == nil || $0.name == mailbox }
    }

    /// Those that are not well first; the fullest description first.
    private var descriptions: [Text] {
        let ill = mailboxes.filter { !$0.isWell }
        let well = mailboxes.filter(\.isWell)
        let names = Self.some(ill.map { Text("\($0.name) \($0.state)") }, of: ill.count)
        guard mailboxes.count <= Self.named else {
            return [.list((well.isEmpty ? [] : [Text("\(well.count) watching")]) + names)]
        }
        let watched = well.map { Text("\($0.name) \($0.state)") }
        let full = Text.list(ill.map(Self.trouble) + watched)
        return mailboxes.count == 1 ? [full] : [full, .list(names + watched)]
    }

    /// `main failed: the server refused the login`
    private static func trouble(_ mailbox: DaemonStatus.Mailbox) -> Text {
        mailbox.error.map { Text("\(mailbox.name) \(mailbox.state): \($0)") }
            ?? Text("\(mailbox.name) \(mailbox.state)")
    }

    // MARK: Why it got nothing

    /// One line each, the likeliest first.
    func reasons(now: Date) -> [Text] {
        var reasons = troubles(now: now)
        let passwords = status.passwords
        let fitting = passwords.filter { isHere($0) && isOurs($0) }
        let recent = fitting.filter { !isTooEarly($0) }
        if let early = tooEarly(fitting.filter { $0.state == "available" && isTooEarly($0) }) { reasons.append(early) }
        let doubtful = recent.filter { $0.state == "inDoubt" }
        if !doubtful.isEmpty, !includesInDoubt {
            reasons.append(
                Text(
                    "\(doubtful.count) in doubt, because nobody knows who had it: --include-in-doubt, or secom-otp settle: \(Self.list(doubtful.map(\.id)))"
                ))
        }
        let refused = recent.filter(\.isRefusal)
        if !refused.isEmpty {
            reasons.append(
                Text(
                    "\(refused.count) refused: \(Self.list(refused.map { "\($0.id) (\($0.reasonCode ?? "?"))" }))"))
        }
        let claimed = recent.count { $0.state == "claimed" }
        if claimed > 0 { reasons.append(Text("\(claimed) claimed by another claimant and not settled yet")) }
        let available = passwords.filter { $0.state == "available" && !isTooEarly($0) }
        let elsewhere = available.filter { !isHere($0) && isOurs($0) }
        if !elsewhere.isEmpty {
            let mailboxes = Self.distinct(elsewhere.map(\.mailbox))
            reasons.append(Text("\(elsewhere.count) in another mailbox: \(Self.list(mailboxes))"))
        }
        let others = available.filter { isHere($0) && !isOurs($0) }
        if !others.isEmpty {
            let named = Self.distinct(others.compactMap(\.recipient)).map(Text.init(verbatim:))
            let unnamed = others.contains { $0.recipient == nil } ? [Text("unknown (the mail does not say)")] : []
            let recipients = (named + unnamed).sorted { $0.english < $1.english }
            reasons.append(Text("\(others.count) for another recipient: \(Self.list(recipients))"))
        }
        return reasons
    }

    private func troubles(now: Date) -> [Text] {
        let time = LocalTime(now: now)
        let ill = mailboxes.filter { !$0.isWell }.map { mailbox in
            let trouble = Self.trouble(mailbox)
            return mailbox.nextAttemptAt.map { Text("\(trouble); next attempt at \(time.text($0))") } ?? trouble
        }
        return Self.some(ill, of: ill.count)
    }

    private func tooEarly(_ early: [DaemonStatus.Password]) -> Text? {
        guard let issuedAfter, !early.isEmpty else { return nil }
        let ages = early.compactMap { $0.issuedAt.map { issuedAfter.timeIntervalSince($0) } }.sorted()
        // Up, and never zero: what is too early by less than a second is so too.
        let texts = ages.prefix(Self.named).map { Self.text(.seconds(Int64(clamping: Int($0.rounded(.up))))) }
        let more = ages.count - texts.count
        let list = more > 0 ? Text("\(Text.list(Array(texts))) and more") : Self.and(Array(texts))
        return early.count == 1
            ? Text("1 was there, issued \(list) too early for --issued-after")
            : Text("\(early.count) were there, issued \(list) too early for --issued-after")
    }

    private func isHere(_ password: DaemonStatus.Password) -> Bool { mailbox == nil || password.mailbox == mailbox }

    private func isOurs(_ password: DaemonStatus.Password) -> Bool {
        recipient == nil || password.recipient?.lowercased() == recipient
    }

    private func isTooEarly(_ password: DaemonStatus.Password) -> Bool {
        guard let issuedAfter, let issuedAt = password.issuedAt else { return false }
        return issuedAt < issuedAfter
    }

    // MARK: Words

    private static func some(_ texts: [Text], of count: Int) -> [Text] {
        Array(texts.prefix(named)) + (count > named ? [Text("\(count - named) more have problems")] : [])
    }

    private static func list(_ texts: [String]) -> Text { list(texts.map(Text.init(verbatim:))) }

    private static func list(_ texts: [Text]) -> Text {
        let list = Text.list(Array(texts.prefix(named)))
        return texts.count > named ? Text("\(list) and \(texts.count - named) more") : list
    }

    private static func and(_ texts: [Text]) -> Text {
        guard let last = texts.last, texts.count > 1 else { return .list(texts) }
        return Text("\(Text.list(Array(texts.dropLast()))) and \(last)")
    }

    private static func distinct(_ texts: [String]) -> [String] { Set(texts).sorted() }

    /// `40 s`, `4 min 32 s`, `2 h 5 min`; a part of a second counts as one.
    static func text(_ duration: Duration) -> Text {
        let (whole, part) = duration.components
        let seconds = max(whole + (part > 0 ? 1 : 0), 0)
        let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60)
        if hours > 0 { return minutes > 0 ? Text("\(hours) h \(minutes) min") : Text("\(hours) h") }
        if minutes > 0 { return rest > 0 ? Text("\(minutes) min \(rest) s") : Text("\(minutes) min") }
        return Text("\(rest) s")
    }
}
