extension Quirk {
    /// The first login of all is refused for a reason that passes.
    static let firstLogins: [Quirk] =
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

    /// The second one is, after one that was taken.
    static let secondLogins: [Quirk] =
        [
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
}
