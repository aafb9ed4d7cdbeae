import Synchronization

extension Quirk {
    /// What is offered, and refused.
    static let refusedOffers: [Quirk] = [
        refusing("condstore-of-a-proxy", "SELECT", "CONDSTORE", "BAD Unexpected extra arguments", claims: "marked"),
        refusing("condstore-refused", "SELECT", "CONDSTORE", "NO", claims: "marked"),
        refusing("condition-bad", "STORE", "UNCHANGEDSINCE", "BAD Command Argument Error", claims: "marked"),
        refusing("condition-no", "STORE", "UNCHANGEDSINCE", "NO STORE failed", claims: "marked"),
        refusing("silent-bad", "STORE", "SILENT", "BAD unknown item", claims: "marked"),
        Quirk("initial-response-ignored") { $0.ignoresInitialResponse = true },
        refusing("initial-response-bad", "AUTHENTICATE", " ", "BAD too many arguments"),
        refusing("plain-bad", "AUTHENTICATE", "PLAIN", "BAD unknown command"),
        refusing("plain-unsupported", "AUTHENTICATE", "PLAIN", "NO Unsupported authentication mechanism"),
        refusing("capability-bad", "CAPABILITY", "", "BAD unknown", claims: "marked", arrival: "poll"),
        Quirk("capability-refused-after-login") {
            $0.refuses = { request, mailbox in
                request.name == "CAPABILITY" && mailbox.count(of: "AUTHENTICATE") > 0 ? "NO not now" : nil
            }
        },
        Quirk("nothing-without-id") {
            $0.refuses = { request, mailbox in
                request.name == "SELECT" && mailbox.count(of: "ID") == 0 ? "NO SELECT Unsafe Login." : nil
            }
        },
    ]

    /// What is not there is refused.
    static let refusedNothings: [Quirk] = ["NO No matching messages", "BAD Invalid messageset"].enumerated().map {
        number, text in
        Quirk("nothing-refused-\(number)") {
            $0.answered = { answer, _ in
                guard answer.request.name == "FETCH", !answer.lines.contains(where: { $0.contains("FETCH") }) else {
                    return
                }
                answer.end = text
            }
        }
    }

    /// It does not search: what may matter is among all that is young.
    static let searchRefused: [Quirk] = ["NO [CANNOT] not here", "BAD Could not parse command"].enumerated().map {
        number, text in
        Quirk("search-refused-\(number)") {
            $0.staysConnected = false
            $0.before = (0..<20).map { "From: a@example.com\nSubject: \($0)\n\nx\n" }
            $0.refuses = { request, _ in request.name == "SEARCH" ? text : nil }
        }
    }

    private static func refusing(
        _ name: String, _ command: String, _ part: String, _ end: String, claims: String = "exclusive",
        arrival: String = "idle"
    ) -> Quirk {
        Quirk(name) {
            ($0.claims, $0.arrival) = (claims, arrival)
            $0.refuses = { request, _ in
                request.name == command && (part.isEmpty || request.arguments.contains(part)) ? end : nil
            }
        }
    }

    static let refusals = refusedOffers + refusedNothings + searchRefused
}
