extension Quirk {
    /// What is said beside the answers, and around them.
    static let chatter: [Quirk] = [
        .answer("news-in-between") { answer in
            guard ["FETCH", "STORE", "SEARCH", "NOOP", "STATUS"].contains(answer.request.name) else { return }
            answer.lines =
                answer.lines.flatMap { ["* 1 RECENT", $0, "* FLAGS (\\Seen \\*)", "* OK x"] } + ["* 0 RECENT"]
        },
        Quirk("exists-in-between") {
            $0.answered = { answer, mailbox in
                guard ["FETCH", "STORE", "SEARCH", "NOOP", "IDLE"].contains(answer.request.name) else { return }
                let exists = "* \(mailbox.messages.count) EXISTS"
                answer.lines =
                    answer.request.name == "IDLE"
                    ? answer.lines + [exists, exists] : answer.lines.flatMap { [exists, $0] } + [exists]
            }
        },
        Quirk("flags-of-all-in-between") {
            $0.answered = { answer, mailbox in
                guard ["FETCH", "STORE", "SEARCH", "NOOP"].contains(answer.request.name) else { return }
                let told = mailbox.messages.enumerated().map { index, message in
                    "* \(index + 1) FETCH (UID \(message.uid) FLAGS (\(message.flags.joined(separator: " "))) MODSEQ (\(message.modSeq)))"
                }
                answer.lines = told + answer.lines
            }
        },
        .answer("unknown-in-between") { answer in
            guard !["GREETING", "IDLE", "DONE"].contains(answer.request.name) else { return }
            answer.lines =
                ["* VENDOR (a {3}\n)))", "* NAMESPACE ((\"\" \"/\")) NIL NIL"] + answer.lines + ["* 5 FROB", "* NO x"]
        },
        .answer("long-text") { if $0.end != nil { $0.end? += " " + String(repeating: "and so on ", count: 2000) } },
        .answer("text-of-8-bits") {
            $0.edit("* OK") { $0 += " \u{8f}\u{97}\u{97}\u{9d} caf\u{e9}" }
            $0.end? += " \u{83}\u{81}\u{81}[\u{83}\u{8b} {5}"
        },
        .answer("no-text") { answer in
            if let end = answer.end, !end.contains("[") { answer.end = String(end.prefix { $0 != " " }) }
        },
        .answer("text-like-a-code") { if $0.end?.contains("[") == false { $0.end? += " [UIDVALIDITY 5] [READ-ONLY]" } },
        .answer("alert", to: "SELECT") {
            $0.lines += ["* OK [ALERT] Your mailbox is 91% full (%s)", "* NO [ALERT] {12}"]
        },
        .answer("banner-of-1-kb", to: "GREETING") { $0.lines[0] += String(repeating: " unauthorised use", count: 60) },
        .answer("banner-of-100-kb", to: "GREETING") {
            $0.lines[0] += String(repeating: " unauthorised use", count: 6000)
        },
        .answer("banner-of-lines", to: "GREETING") { $0.lines += (0..<20).map { "* OK banner line \($0)" } },
        .answer("banner-with-code", to: "GREETING") {
            $0.lines[0] = "* OK [CAPABILITY IMAP4rev1 LOGINDISABLED] \u{e9} [x] {3}"
        },
        Quirk("still-here") { $0.keepalive = "* OK Still here" },
        Quirk("still-here-with-recent") { $0.keepalive = "* 0 RECENT" },
        Quirk("still-here-with-flags") { $0.keepalive = "* FLAGS (\\Seen)" },
        Quirk("slow-lines") { $0.pause = 1000 },
        Quirk("single-bytes") { $0.segment = 1 },
        Quirk("seven-bytes-at-a-time") { $0.segment = 7 },
    ]
}
