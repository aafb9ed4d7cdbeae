extension Quirk {
    /// Status is to tell that this session polls.
    static let refusedIdle: [Quirk] = [
        .answer("idle-bad", to: "IDLE", arrival: "poll") { ($0.lines, $0.end) = ([], "BAD Could not parse command") },
        .answer("idle-no", to: "IDLE", arrival: "poll") { ($0.lines, $0.end) = ([], "NO not now") },
        .answer("idle-ends-at-once", to: "IDLE", arrival: "poll") { $0.end = "OK done" },
        .answer("idle-ends-without-beginning", to: "IDLE", arrival: "poll") { ($0.lines, $0.end) = ([], "OK done") },
    ]

    /// The items of one message in several responses: WatchState gathers them.
    static let divided: [Quirk] = [
        .fetch("flags-in-one-of-their-own-first") { $0.split = .flagsFirst },
        .fetch("flags-in-one-of-their-own-last") { $0.split = .flagsLast },
        .fetch("body-in-one-of-its-own") { $0.split = .bodyApart },
        .fetch("body-in-one-without-uid") { $0.split = .bodyWithoutUID },
    ]

    /// A search or a FETCH that does not know yet what has come: looked for again.
    static let late: [Quirk] = [
        Quirk("fetch-2-seconds-late") { $0.hiddenFromFetch = 2 },
        Quirk("fetch-and-search-2-seconds-late") { ($0.hiddenFromFetch, $0.hiddenFromSearch) = (2, 2) },
        Quirk("search-5-seconds-late") { $0.hiddenFromSearch = 5 },
        Quirk("search-30-seconds-late") { $0.hiddenFromSearch = 30 },
    ]

    /// One mail that cannot be had, among good ones.
    static let unfetchable: [Quirk] = [
        Quirk("fetch-of-one-refused") {
            $0.before = mailsOfTheSender
            $0.refuses = { request, _ in
                asksForSecond(request) ? "NO [UNAVAILABLE] UID FETCH Server error, please try again later" : nil
            }
        },
        Quirk("fetch-of-one-bad") {
            $0.before = mailsOfTheSender
            $0.refuses = { request, _ in asksForSecond(request) ? "BAD internal error" : nil }
        },
        Quirk("fetch-of-one-refused-behind-the-others") {
            $0.before = mailsOfTheSender
            $0.answered = { answer, _ in
                guard asksForSecond(answer.request) else { return }
                answer.drop("* 2 FETCH")
                answer.end = "NO [SERVERBUG] Internal error occurred"
            }
        },
    ]

    static let mailsOfTheSender = (0..<3).map { "From: ra-support@secom.co.jp\nSubject: \($0)\n\nx\n" }

    /// A body of a set that has the UID 8 in it.
    @Sendable static func asksForSecond(_ request: IMAPRequest) -> Bool {
        request.name == "FETCH" && request.arguments.contains("BODY")
            && SequenceSet(request.arguments.prefix { $0 != " " }, last: 4).contains(8)
    }

    /// What SELECT promises is not what is meant, or in other words.
    static let otherMarks: [Quirk] = [
        .answer("permanentflags-by-name", to: "SELECT") {
            $0.edit("* OK [PERMANENTFLAGS") {
                $0 = "* OK [PERMANENTFLAGS (\\Seen $SecomOTPClaimed $SecomOTPUsed $SecomOTPRejected)] x"
            }
        },
        .answer("permanentflags-by-name-in-lower-case", to: "SELECT") {
            $0.edit("* OK [PERMANENTFLAGS") {
                $0 = "* OK [PERMANENTFLAGS (\\seen $secomotpclaimed $secomotpused $secomotprejected)] x"
            }
        },
        .fetch("keywords-told-in-lower-case") { items in items.flags = items.flags.map { $0.map { $0.lowercased() } } },
    ]

    /// Word of what has come is lost.
    static let overflow = Quirk("notification-overflow") {
        ($0.capabilities, $0.arrival) = (usual + " NOTIFY", "idle")
        $0.answered = { answer, _ in
            if answer.request.name == "PUSH" { answer.lines = ["* OK [NOTIFICATIONOVERFLOW] too much"] }
        }
    }

    /// What the watch itself gets over.
    static let watched = refusedIdle + divided + late + unfetchable + otherMarks + [overflow]
}
