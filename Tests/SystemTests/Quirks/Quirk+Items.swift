extension Quirk {
    /// What FETCH tells of a message is not so, or is not told.
    static let items: [Quirk] = [
        .fetch("size-of-what-is-stored") { if $0.size != nil { $0.size = "19189" } },
        .fetch("size-29-too-few") { items in items.size = items.size.map { "\((Int($0) ?? 29) - 29)" } },
        .fetch("size-0") { if $0.size != nil { $0.size = "0" } },
        .fetch("size-beyond-32-bits") { if $0.size != nil { $0.size = "4294967297" } },
        .fetch("size-nil") { if $0.size != nil { $0.size = "NIL" } },
        .fetch("size-not-told") { $0.size = nil },
        .fetch("date-without-zero") { if $0.date != nil { $0.tellDate("\"%-d-%b-%Y %H:%M:%S +0000\"") } },
        .fetch("date-of-one-digit") { if $0.date != nil { $0.date = "\"5-Nov-2036 09:30:00 +0900\"" } },
        .fetch("date-in-japan") { if $0.date != nil { $0.tellDate("\"%d-%b-%Y %H:%M:%S +0900\"", offset: 32400) } },
        .fetch("date-in-newfoundland") {
            if $0.date != nil { $0.tellDate("\"%e-%b-%Y %k:%M:%S -0330\"", offset: -12600) }
        },
        .fetch("date-in-capitals") { if $0.date != nil { $0.tellDate("\"%d-%^b-%Y %H:%M:%S +0000\"") } },
        .fetch("date-without-zone") { if $0.date != nil { $0.tellDate("\"%d-%b-%Y %H:%M:%S\"") } },
        .fetch("date-with-named-zone") { if $0.date != nil { $0.tellDate("\"%d-%b-%Y %H:%M:%S GMT\"") } },
        .fetch("date-of-the-year-0") { if $0.date != nil { $0.date = "\"00-Jan-0000 00:00:00 +0000\"" } },
        .fetch("date-of-the-epoch") { if $0.date != nil { $0.date = "\"31-Dec-1969 23:59:59 +0000\"" } },
        .fetch("date-of-rfc-5322") { if $0.date != nil { $0.tellDate("\"%a, %d %b %Y %H:%M:%S +0000\"") } },
        .fetch("date-as-literal") { if $0.date != nil { $0.tellDate("{26}\n%d-%b-%Y %H:%M:%S +0000") } },
        .fetch("date-without-quotes") { if $0.date != nil { $0.tellDate("%d-%b-%Y") } },
        .fetch("date-nil") { if $0.date != nil { $0.date = "NIL" } },
        .fetch("date-empty") { if $0.date != nil { $0.date = "\"\"" } },
        .fetch("date-not-told") { $0.date = nil },
        .fetch("flag-with-parentheses") { $0.flags? += ["a(b)c"] },
        .fetch("flag-with-spaces") { $0.flags? += ["\"x y\""] },
        .fetch("flag-with-brackets") { $0.flags? += ["[x]", "]", "{x}"] },
        .fetch("flag-of-8-bits") { $0.flags? += ["caf\u{e9}", "\u{e9}\u{8f}\u{97}"] },
        .fetch("flag-of-a-backslash") { $0.flags? += ["\\", "$", "\\*"] },
        .fetch("flags-of-others") { $0.flags? += ["\\Recent", "$MDNSent", "NonJunk", "$label1", "\\XYZ"] },
        .fetch("flag-twice") { items in items.flags = items.flags.map { $0 + $0 } },
        .fetch("unknown-items") {
            $0.others = [
                "X-GM-LABELS (\\Inbox \"a)b\" {3}\n(((\u{20})", "X-GM-THRID 1278455344230334865", "EMAILID (M123)",
            ]
        },
        .fetch("unknown-structure") {
            $0.others = ["ENVELOPE (NIL \"a\\\"b\" ((NIL NIL \"x\" \"y\")))", "PREVIEW {2}\n)("]
        },
    ]
}
