extension Quirk {
    /// Changes are numbered in part, or not at all.
    static let numbers: [Quirk] = [
        Quirk("without-condstore") { ($0.claims, $0.capabilities) = ("marked", Quirk.withoutCondStore) },
        .answer("nomodseq", to: "SELECT", claims: "marked") {
            $0.edit("* OK [HIGHESTMODSEQ") { $0 = "* OK [NOMODSEQ] x" }
        },
        .answer("highestmodseq-not-told", to: "SELECT", claims: "marked") { $0.drop("* OK [HIGHESTMODSEQ") },
        Quirk("highestmodseq-0") {
            $0.claims = "marked"
            $0.fetched = { if $0.modSeq != nil { $0.modSeq = "(0)" } }
            $0.answered = { answer, _ in answer.edit("* OK [HIGHESTMODSEQ") { $0 = "* OK [HIGHESTMODSEQ 0] x" } }
        },
        .fetch("modseq-0", claims: "marked") { if $0.modSeq != nil { $0.modSeq = "(0)" } },
        .fetch("modseq-not-told", claims: "marked") { $0.modSeq = nil },
        .fetch("modseq-nil", claims: "marked") { if $0.modSeq != nil { $0.modSeq = "(NIL)" } },
        .fetch("modseq-without-parentheses") { $0.modSeq = $0.modSeq.map { $0.filter(\.isNumber) } },
        .fetch("modseq-with-spaces") { $0.modSeq = $0.modSeq.map { "( \($0.filter(\.isNumber)) )" } },
        .fetch("modseq-of-63-bits") {
            $0.modSeq = $0.modSeq.map { "(\(9_223_372_036_854_770_000 + (Int($0.filter(\.isNumber)) ?? 0)))" }
        },
        Quirk("flags-pushed-without-modseq") {
            $0.answered = { answer, mailbox in
                guard answer.request.name == "IDLE", let first = mailbox.messages.first else { return }
                _ = mailbox.change(first.uid) { $0.insert("\\Answered") }
                answer.lines.append("* 1 FETCH (UID \(first.uid) FLAGS (\(mailbox.flags[0].joined(separator: " "))))")
            }
        },
        Quirk("flags-pushed-without-uid") {
            $0.answered = { answer, mailbox in
                guard answer.request.name == "IDLE", let first = mailbox.messages.first else { return }
                _ = mailbox.change(first.uid) { $0.insert("\\Answered") }
                answer.lines.append("* 1 FETCH (FLAGS (\(mailbox.flags[0].joined(separator: " "))))")
            }
        },
        Quirk("modseq-pushed-without-flags") {
            $0.answered = { answer, mailbox in
                guard answer.request.name == "IDLE", let first = mailbox.messages.first else { return }
                answer.lines.append("* 1 FETCH (UID \(first.uid) MODSEQ (\(first.modSeq)))")
            }
        },
    ]

    /// What SELECT tells of the flags that are kept.
    static let permanentFlags: [Quirk] = [
        .answer("permanentflags-not-told", to: "SELECT") { $0.drop("* OK [PERMANENTFLAGS") },
        .answer("permanentflags-with-spaces", to: "SELECT") {
            $0.edit("* OK [PERMANENTFLAGS") { $0 = "* OK [PERMANENTFLAGS  ( \\*  \\Seen ) ]" }
        },
        .answer("permanentflags-with-nonsense", to: "SELECT") {
            $0.edit("* OK [PERMANENTFLAGS") { $0 = "* OK [PERMANENTFLAGS (\\Seen a(b)c \"x y\" % \\*)] x" }
        },
        .answer("permanentflags-at-the-end", to: "SELECT") {
            $0.drop("* OK [PERMANENTFLAGS")
            $0.end = "OK [PERMANENTFLAGS (\\Seen \\*)] x"
        },
        Quirk("permanentflags-empty") {
            ($0.claims, $0.mark) = ("memory", nil)
            $0.answered = { answer, _ in answer.edit("* OK [PERMANENTFLAGS") { $0 = "* OK [PERMANENTFLAGS ()] x" } }
        },
        .answer("permanentflags-twice", to: "SELECT") { answer in
            answer.lines.insert("* OK [PERMANENTFLAGS ()] none", at: 0)
        },
        .answer("permanentflags-without-text", to: "SELECT") {
            $0.edit("* OK [PERMANENTFLAGS") { $0 = String($0.dropLast(2)) }
        },
    ]
}
