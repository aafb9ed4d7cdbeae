import Glibc
import Synchronization

extension Quirk {
    /// What is said is right, and said at another time than it should be.
    static let turns: [Quirk] = [
        .answer("plus-twice", to: "IDLE") { $0.lines += ["+ idling", "+"] },
        Quirk("plus-again-and-again") { $0.keepalive = "+ still idling" },
        .answer("plus-that-nobody-waits-for") { answer in
            if ["NOOP", "SEARCH", "FETCH", "CAPABILITY", "SELECT"].contains(answer.request.name) {
                answer.lines += ["+ go on"]
            }
        },
        inAnotherOrder,
        .answer("idle-without-end", to: "DONE") { $0.end = nil },
        Quirk("greeting-12-seconds-late") {
            $0.staysConnected = false
            $0.answered = { answer, _ in if answer.request.name == "GREETING" { sleep(12) } }
        },
        Quirk("one-command-at-a-time") { ($0.staysConnected, $0.takesOneByOne) = (false, true) },
        Quirk("body-nil-at-first") {
            $0.fetched = { if $0.isYoung, $0.body != nil { ($0.form, $0.section) = (.nil, "BODY[]") } }
        },
        Quirk("body-empty-at-first") {
            $0.fetched = { if $0.isYoung, $0.body != nil { ($0.body, $0.size) = ([], "0") } }
        },
    ]

    /// It announces what is not there, in the answers to those who look.
    static let restless: [Quirk] = [
        restless("one-fewer-and-back") { count, _ in ["* \(count - 1) EXISTS", "* \(count) EXISTS"] },
        restless("one-expunged-and-back") { count, _ in ["* 1 EXPUNGE", "* \(count) EXISTS"] },
        restless("more-each-time") { count, times in ["* \(count + times) EXISTS"] },
        restless("expunge-of-what-is-not-there") { count, _ in ["* 999 EXPUNGE", "* \(count) EXISTS"] },
    ]

    /// - Parameter told: of so many messages, the so-manieth time.
    private static func restless(_ name: String, _ told: @escaping @Sendable (Int, Int) -> [String]) -> Quirk {
        let times = Held(0)
        return Quirk(name) {
            $0.answered = { answer, mailbox in
                guard ["NOOP", "FETCH", "SEARCH"].contains(answer.request.name), !mailbox.messages.isEmpty else {
                    return
                }
                answer.lines += told(
                    mailbox.messages.count,
                    times.change {
                        $0 += 1; return $0
                    })
            }
        }
    }

    /// A search ends after the FETCH that was sent with it.
    private static var inAnotherOrder: Quirk {
        let held = Held<String?>(nil)
        return Quirk("in-another-order") {
            $0.answered = { answer, mailbox in
                if answer.request.name == "SEARCH", !mailbox.messages.isEmpty {
                    let tag = answer.request.tag
                    held.change { $0 = tag }
                    answer.end = nil
                } else if let tag = held.change({ tag in
                    defer { tag = nil }; return tag
                }) {
                    answer.lines += ["\(answer.request.tag) OK done"]
                    answer.end = nil
                    answer.lines += ["\(tag) OK done"]
                }
            }
        }
    }

    /// What a quirk remembers from one answer to the next.
    private final class Held<Value: Sendable>: Sendable {
        private let value: Mutex<Value>
        init(_ value: Value) { self.value = Mutex(value) }
        func change<Result: Sendable>(_ body: (inout sending Value) -> sending Result) -> Result {
            value.withLock(body)
        }
    }
}

extension FetchItems {
    /// It came less than two seconds ago.
    fileprivate var isYoung: Bool { message.came.timeIntervalSinceNow > -2 }
}
