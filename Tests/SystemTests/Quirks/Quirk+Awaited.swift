extension Quirk {
    // What the watch has yet to learn.

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
        Quirk("fetch-of-one-ends-the-connection") {
            ($0.before, $0.staysConnected) = (mailsOfTheSender, false)
            $0.refuses = { request, _ in asksForSecond(request) ? "" : nil }
        },
    ]

    private static let mailsOfTheSender = (0..<3).map { "From: ra-support@secom.co.jp\nSubject: \($0)\n\nx\n" }

    /// A body of a set that has the UID 8 in it.
    @Sendable private static func asksForSecond(_ request: IMAPRequest) -> Bool {
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
        Quirk("permanentflags-of-the-system") {
            ($0.claims, $0.mark) = ("marked", "\\Flagged")
            $0.answered = { answer, _ in
                answer.edit("* OK [PERMANENTFLAGS") { $0 = "* OK [PERMANENTFLAGS (\\Answered \\Flagged \\Seen)] x" }
            }
        },
        .fetch("keywords-told-in-lower-case") { items in items.flags = items.flags.map { $0.map { $0.lowercased() } } },
        Quirk("keywords-not-kept") {
            ($0.claims, $0.mark) = ("memory", nil)
            $0.refuses = { request, _ in request.name == "STORE" && request.arguments.contains("$") ? "OK done" : nil }
        },
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
        exchangeOnline, yahoo,
    ]

    /// A claim that comes while the session is away waits for the next one: MarkFailed only when its wait is over.
    static let endless: [Quirk] = [
        Quirk("idle-ends-with-bye-each-time") {
            ($0.staysConnected, $0.keepalive) = (false, "* BYE Autologout; idle for too long")
        }
    ]

    /// Word of what has come is lost.
    static let overflow = Quirk("notification-overflow") {
        ($0.capabilities, $0.arrival) = (usual + " NOTIFY", "idle")
        $0.answered = { answer, _ in
            if answer.request.name == "PUSH" { answer.lines = ["* OK [NOTIFICATIONOVERFLOW] too much"] }
        }
    }

    /// Asked too much, it says so: commands more than four in a second.
    static let throttled: [Quirk] = [
        Quirk("throttled-as-exchange") {
            $0.refuses = {
                throttles($0, $1) ? "BAD Request is throttled. Suggested Backoff Time: 1000 milliseconds" : nil
            }
        },
        Quirk("throttled-with-no") { $0.refuses = { throttles($0, $1) ? "NO [LIMIT] slow down" : nil } },
        Quirk("throttled-with-code") { $0.refuses = { throttles($0, $1) ? "NO [THROTTLED] try later" : nil } },
    ]

    @Sendable private static func throttles(_ request: IMAPRequest, _ mailbox: LaxMailbox) -> Bool {
        ["NOOP", "STATUS", "FETCH"].contains(request.name) && mailbox.askedInASecond > 4
    }

    /// The first login of all, or the second after one that was taken, is refused for a reason that passes.
    static let refusedLogins: [Quirk] =
        [
            "NO [ALERT] Too many simultaneous connections. (Failure)",
            "NO [OVERQUOTA] Account exceeded bandwidth limits.",
            "BAD Request is throttled. Suggested Backoff Time: 1500 milliseconds", "NO [THROTTLED] Too many logins",
            "NO [LIMIT] Too many connections",
        ].enumerated().map { number, text in
            Quirk("first-login-refused-\(number)") {
                $0.staysConnected = false
                $0.refuses = { request, mailbox in
                    request.name == "AUTHENTICATE" && mailbox.count(of: "AUTHENTICATE") == 1 ? text : nil
                }
            }
        }
        + [
            "NO", "BAD", "NO Server Unavailable. 15", "NO LOGIN failed.",
            "BAD Request is throttled. Suggested Backoff Time: 1500 milliseconds",
        ]
        .enumerated().map { number, text in
            Quirk("second-login-refused-\(number)") {
                $0.staysConnected = false
                $0.refuses = { request, mailbox in
                    request.name == "AUTHENTICATE" && mailbox.count(of: "AUTHENTICATE") == 2 ? text : nil
                }
                $0.answered = { answer, mailbox in
                    if answer.request.name == "PUSH", mailbox.count(of: "AUTHENTICATE") == 1 {
                        (answer.lines, answer.hangsUp) = (["* BYE x"], true)
                    }
                }
            }
        }

    static let awaited =
        refusedIdle + divided + late + unfetchable + otherMarks + endless + [overflow] + throttled + refusedLogins
}
