extension Quirk {
    /// What is offered, and what of it is kept.
    static let capabilityLists: [Quirk] = [
        Quirk("capability-after-login-only") { $0.firstCapabilities = "IMAP4rev1 AUTH=PLAIN SASL-IR" },
        Quirk("capability-without-login") { $0.firstCapabilities = "IMAP4rev1" },
        .answer("capability-in-the-end", to: "CAPABILITY") {
            $0.lines = []
            $0.end = "OK [CAPABILITY \(Quirk.usual)] done"
        },
        .answer("capability-as-code", to: "CAPABILITY") { $0.lines = ["* OK [CAPABILITY \(Quirk.usual)] done"] },
        .answer("capability-in-parts", to: "CAPABILITY") {
            let words = Quirk.usual.split(separator: " ")
            $0.lines = [words.prefix(4), words.dropFirst(4)].map { "* CAPABILITY \($0.joined(separator: " "))" }
        },
        .answer("capability-in-lower-case", to: "CAPABILITY") { $0.edit("* ") { $0 = $0.lowercased() } },
        .answer("capability-with-nonsense", to: "CAPABILITY") { $0.edit("* ") { $0 += " \"x\" % (\u{e9} X=  A\\B " } },
        .answer("login-tells-capability", to: "AUTHENTICATE") { $0.end = "OK [CAPABILITY \(Quirk.usual)] Logged in" },
        .answer("login-tells-capability-first", to: "AUTHENTICATE") { $0.lines = ["* CAPABILITY \(Quirk.usual)"] },
        Quirk("plain-without-initial-response") { $0.capabilities = Quirk.usual.replacing(" SASL-IR", with: "") },
        Quirk("login-only") { $0.capabilities = Quirk.usual.replacing(" AUTH=PLAIN SASL-IR", with: "") },
        Quirk("login-and-others") {
            $0.capabilities = Quirk.usual.replacing(" AUTH=PLAIN SASL-IR", with: " AUTH=GSSAPI AUTH=NTLM")
        },
        .answer("id-nil", to: "ID") { $0.lines = ["* ID NIL"] },
        .answer("id-refused", to: "ID") { ($0.lines, $0.end) = ([], "BAD unknown") },
    ]

    /// What SELECT tells.
    static let selects: [Quirk] = [
        .answer("no-uidnext", to: "SELECT") { $0.drop("* OK [UIDNEXT") },
        .answer("uidnext-0", to: "SELECT") { $0.edit("* OK [UIDNEXT") { $0 = "* OK [UIDNEXT 0] x" } },
        .answer("uidvalidity-at-the-end", to: "SELECT") {
            $0.drop("* OK [UIDVALIDITY")
            $0.end = "OK [UIDVALIDITY 1] selected"
        },
        .answer("uidvalidity-as-no", to: "SELECT") { $0.edit("* OK [UIDVALIDITY") { $0 = "* NO [UIDVALIDITY 1] x" } },
        .answer("select-without-read-write", to: "SELECT") { $0.end = "OK done" },
        .answer("select-without-flags", to: "SELECT") { $0.drop("* FLAGS") },
        .answer("select-without-recent", to: "SELECT") { $0.drop("* 0 RECENT") },
        .answer("select-backwards", to: "SELECT") { $0.lines.reverse() },
        .answer("select-with-unseen", to: "SELECT") {
            $0.lines += ["* OK [UNSEEN 1] x", "* OK [MAILBOXID (F1)] x", "* OK [CLOSED] x"]
        },
    ]
}
