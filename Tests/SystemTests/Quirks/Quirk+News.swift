extension Quirk {
    /// What a search finds.
    static let searches: [Quirk] = [
        .answer("search-trailing-space", to: "SEARCH") { $0.edit("* SEARCH") { $0 += " " } },
        .answer("search-with-modseq", to: "SEARCH") { $0.edit("* SEARCH") { $0 += " (MODSEQ 917162500)" } },
        .answer("search-in-lines", to: "SEARCH") { answer in
            let numbers = answer.lines.first?.split(separator: " ").dropFirst(2) ?? []
            answer.lines = numbers.map { "* SEARCH \($0)" }
        },
        .answer("search-backwards-and-twice", to: "SEARCH") { answer in
            let numbers = answer.lines.first?.split(separator: " ").dropFirst(2).reversed().flatMap { [$0, $0] } ?? []
            answer.lines = ["* SEARCH \(numbers.joined(separator: " "))"]
        },
        Quirk("search-finds-all") {
            $0.before = (0..<60).map { "From: a@example.com\r\nSubject: \($0)\r\n\r\nx\r\n" }
            $0.answered = Quirk.searchFindsAll
        },
        Quirk("search-finds-what-is-not-there") {
            $0.answered = { answer, _ in answer.edit("* SEARCH") { $0 += " 2 3 4000" } }
        },
        .answer("esearch", to: "SEARCH") { answer in
            let numbers = answer.lines.first?.split(separator: " ").dropFirst(2).joined(separator: ",") ?? ""
            let tag = answer.request.tag
            answer.lines = ["* ESEARCH (TAG \"\(tag)\") UID" + (numbers.isEmpty ? "" : " ALL \(numbers)")]
        },
        .answer("esearch-with-ranges", to: "SEARCH") { answer in
            let numbers =
                answer.lines.first?.split(separator: " ").dropFirst(2).map { "\($0):\($0)" }.joined(separator: ",")
                ?? ""
            answer.lines = ["* ESEARCH (TAG \"\(answer.request.tag)\") UID COUNT 1 MIN 7 ALL \(numbers) MODSEQ 90"]
        },
    ]

    /// Push, and what comes of it.
    static let idles: [Quirk] = [
        Quirk("no-idle") { ($0.arrival, $0.capabilities) = ("poll", Quirk.usual.replacing(" IDLE", with: "")) },
        .answer("plus-alone", to: "IDLE") { $0.edit("+") { $0 = "+" } },
        .answer("plus-and-space", to: "IDLE") { $0.edit("+") { $0 = "+ " } },
        .answer("plus-with-base64", to: "IDLE") { $0.edit("+") { $0 = "+ aWRsaW5n" } },
        .answer("plus-without-space", to: "IDLE") { $0.edit("+") { $0 = "+idling" } },
        .answer("plus-with-literal", to: "IDLE") { $0.edit("+") { $0 = "+ {3}" } },
        Quirk("idle-tells-nothing") { $0.isSilentInIdle = true },
        Quirk("idle-ends-with-bye") {
            $0.staysConnected = false
            $0.answered = { answer, mailbox in
                // Each time that there is something to tell.
                if answer.request.name == "PUSH" {
                    (answer.lines, answer.hangsUp) = (["* BYE [UNAVAILABLE] Session expired, please login again"], true)
                }
            }
        },
        Quirk("notify") { ($0.arrival, $0.capabilities) = ("notify", Quirk.usual + " NOTIFY") },
        .answer("notify-bad", to: "NOTIFY", capabilities: Quirk.usual + " NOTIFY") { $0.end = "BAD unknown" },
        .answer("notify-no", to: "NOTIFY", capabilities: Quirk.usual + " NOTIFY") {
            $0.end = "NO [BADEVENT (MessageNew)] x"
        },
        .answer("notify-pushes-no-body", to: "PUSH", arrival: "notify", capabilities: Quirk.usual + " NOTIFY") {
            $0.drop("* 2 FETCH")
        },
    ]
}
