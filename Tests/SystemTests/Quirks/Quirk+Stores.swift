extension Quirk {
    /// What is answered to STORE.
    static let stores: [Quirk] = [
        .answer("store-told-with-flags", to: "STORE") { answer in
            // As Cyrus does, although SILENT was asked for.
            answer.edit("* 1 FETCH (") { $0 = $0.replacing("MODSEQ", with: "FLAGS ($SecomOTPClaimed) MODSEQ") }
            answer.edit("* 2 FETCH (") { $0 = $0.replacing("MODSEQ", with: "FLAGS ($SecomOTPClaimed) MODSEQ") }
        },
        .answer("store-told-twice", to: "STORE") { $0.lines += $0.lines },
        .answer("store-told-with-highestmodseq", to: "STORE") { $0.end = "OK [HIGHESTMODSEQ 4000] done" },
        .answer("store-with-strangers", to: "STORE") {
            $0.lines = ["* 9 FETCH (UID 900 FLAGS ())", "* 3 RECENT", "* OK x"] + $0.lines + ["* 9 FETCH (FLAGS ())"]
        },
    ]

    /// What SELECT promises is not what is meant.
    static let otherFlags: [Quirk] = [
        Quirk("permanentflags-of-the-system") {
            $0.mark = "\\Flagged"
            $0.answered = { answer, _ in
                answer.edit("* OK [PERMANENTFLAGS") { $0 = "* OK [PERMANENTFLAGS (\\Answered \\Flagged \\Seen)] x" }
            }
        },
        Quirk("keywords-not-kept") {
            ($0.claims, $0.mark) = ("memory", nil)
            $0.refuses = { request, _ in request.name == "STORE" && request.arguments.contains("$") ? "OK done" : nil }
        },
        Quirk("keywords-not-kept-without-condstore") {
            ($0.claims, $0.mark, $0.capabilities) = ("memory", nil, Quirk.withoutCondStore)
            $0.refuses = { request, _ in request.name == "STORE" && request.arguments.contains("$") ? "OK done" : nil }
        },
        Quirk("keywords-refused") {
            $0.mark = "\\Flagged"
            $0.refuses = { request, _ in
                request.name == "STORE" && request.arguments.contains("$") ? "BAD Command Argument Error. 11" : nil
            }
        },
        Quirk("other-keywords-refused") {
            $0.claims = "marked"
            $0.refuses = { request, _ in
                request.name == "STORE" && request.arguments.contains("$SecomOTPProbe") ? "NO too many keywords" : nil
            }
            $0.answered = { answer, _ in if answer.request.name == "STORE" { answer.lines = [] } }
        },
        exchangeOnline, yahoo,
    ]

    /// It takes every mark, and keeps none.
    static let keepsNothing = Quirk("keeps-nothing") {
        ($0.claims, $0.mark, $0.capabilities) = ("memory", nil, Quirk.withoutCondStore)
        $0.refuses = { request, _ in request.name == "STORE" ? "OK done" : nil }
        $0.answered = { answer, _ in answer.edit("* OK [PERMANENTFLAGS") { $0 = "* OK [PERMANENTFLAGS ()] x" } }
    }

    /// The answer does not say whose change it was.
    static let vagueStores: [Quirk] = [
        .answer("store-told-nothing", to: "STORE", claims: "marked") { $0.lines = [] },
        .answer("store-told-nothing-without-condstore", to: "STORE", claims: "marked", capabilities: withoutCondStore) {
            $0.lines = []
        },
        .answer("store-told-without-uid", to: "STORE", claims: "marked", capabilities: withoutCondStore) { answer in
            answer.edit("* ") { $0 = $0.replacing(#/UID \d+ /#, with: "") }
        },
        .answer("store-told-behind-the-end", to: "STORE", claims: "marked", capabilities: withoutCondStore) { answer in
            answer.lines = ["\(answer.request.tag) OK done"] + answer.lines
            answer.end = nil
        },
        Quirk("store-told-with-own-flags") {
            // As Cyrus 3.6 does, although SILENT was asked for.
            $0.answered = { answer, mailbox in
                guard answer.request.name == "STORE" else { return }
                for (index, flags) in mailbox.flags.enumerated() {
                    answer.edit("* \(index + 1) FETCH (") {
                        $0 = $0.replacing("MODSEQ", with: "FLAGS (\(flags.sorted().joined(separator: " "))) MODSEQ")
                    }
                }
            }
        },
    ]
}
