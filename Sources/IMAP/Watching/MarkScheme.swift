/// How marks are stored on messages, by what the mailbox keeps (RFC 3501, section 7.1, PERMANENTFLAGS). A pure value.
///
/// | | claimed | used | rejected |
/// |---|---|---|---|
/// | keywords | `claimed` | + `used` | + `rejected` |
/// | no keywords, but system flags | `\Flagged` | `\Answered` alone | `\Answered` and `\Flagged` |
///
/// Our keywords are read wherever they are: a mailbox may have been moved here with them. System flags are marks only where the mailbox
/// takes no keywords: elsewhere they are a person's.
struct MarkScheme: Equatable, Sendable {
    enum Kind: Equatable, Sendable { case keywords, systemFlags, none }

    let names: MarkNames
    private(set) var kind: Kind
    private let keepsSystemFlags: Bool
    /// A keyword of any name may be set.
    private let takesAnyKeyword: Bool

    static let (flagged, answered) = ("\\Flagged", "\\Answered")

    /// - Parameter permanentFlags: nil where the server tells none: then all are kept.
    init(_ names: MarkNames, permanentFlags: Set<String>?) {
        self.names = names
        let isKept = { (flags: [String]) in permanentFlags?.isSuperset(of: flags) ?? true }
        takesAnyKeyword = isKept(["\\*"])
        keepsSystemFlags = isKept([Self.flagged, Self.answered])
        kind = takesAnyKeyword || isKept(names.all) ? .keywords : keepsSystemFlags ? .systemFlags : .none
    }

    /// Before a mailbox was opened.
    static let nothing = MarkScheme(MarkNames(claimed: "", used: "", rejected: ""), permanentFlags: [])

    var keepsMarks: Bool { kind != .none }
    /// A keyword besides ours may be set for a moment.
    var canProbe: Bool { kind == .keywords && takesAnyKeyword }

    /// The server does not take what it promised.
    mutating func refuseKeywords() { if kind == .keywords { kind = keepsSystemFlags ? .systemFlags : .none } }
    mutating func keepNothing() { kind = .none }

    func state(of flags: Set<String>) -> MarkState {
        if flags.contains(names.used) { return .used }
        if flags.contains(names.rejected) { return .rejected }
        if flags.contains(names.claimed) { return .claimed }
        guard kind == .systemFlags else { return .none }
        switch (flags.contains(Self.answered), flags.contains(Self.flagged)) {
        case (true, let isFlagged): return isFlagged ? .rejected : .used
        case (false, true): return .flagged
        case (false, false): return .none
        }
    }

    /// The flag of a claim.
    var claim: String { kind == .systemFlags ? Self.flagged : names.claimed }

    /// The flags that end a claim. By system flags `\Answered` first, whatever the end: where `\Flagged` is taken off before that, nobody
    /// would know any more that the password is dead.
    func end(used: Bool, of state: MarkState) -> Set<String> {
        guard kind == .systemFlags else { return [used ? names.used : names.rejected] }
        return used || state != .none ? [Self.answered] : [Self.answered, Self.flagged]
    }

    /// What is taken off once the end is reported back.
    func takenOff(used: Bool) -> String? { kind == .systemFlags && used ? Self.flagged : nil }
}
