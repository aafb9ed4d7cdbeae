extension Quirk {
    /// A claim that comes while the session is away waits for the next one: MarkFailed only when its wait is over.
    static let endless: [Quirk] = [
        Quirk("idle-ends-with-bye-each-time") {
            ($0.staysConnected, $0.keepalive) = (false, "* BYE Autologout; idle for too long")
        }
    ]

    static let deadly: [Quirk] = [
        Quirk("fetch-of-one-ends-the-connection") {
            ($0.before, $0.staysConnected) = (mailsOfTheSender, false)
            $0.refuses = { request, _ in asksForSecond(request) ? "" : nil }
        }
    ]

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

    static let awaited = endless + deadly + throttled
}
