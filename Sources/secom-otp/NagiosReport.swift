import FoundationEssentials
import Handoff
import Messages

/// Status as a plugin of Nagios, Icinga and their like tells it: one line with performance data, and an exit status (Monitoring Plugins
/// Development Guidelines, "Plugin Output for Nagios").
struct NagiosReport: Equatable {
    /// The service's state, by the plugin's exit status.
    enum State: Int32, Comparable {
        case ok, warning, critical, unknown

        var word: String {
            switch self {
            case .ok: "OK"
            case .warning: "WARNING"
            case .critical: "CRITICAL"
            case .unknown: "UNKNOWN"
            }
        }

        static func < (left: State, right: State) -> Bool { left.rawValue < right.rawValue }
    }

    let state: State
    private let text: String
    private let metrics: [String]

    /// Where a server pushes, it is asked every 9 minutes at least: seconds without a word of its from which it is a warning, and
    /// from which it is critical.
    static let silence = (warning: 900, critical: 1800)
    /// Problems that are named; the others are counted.
    private static let named = 4
    /// What some plugins' callers take of a line.
    private static let longest = 1000

    /// What there is to say of the daemon's reply.
    init(_ status: DaemonStatus, now: Date) {
        var problems: [(state: State, text: String)] = status.mailboxes.compactMap { mailbox in
            let (state, text) = Self.judge(mailbox, now: now)
            return state == .ok ? nil : (state, text)
        }
        if status.mailboxes.isEmpty { problems.append((.critical, "no mailbox is watched")) }
        let (doubtful, refused) = (
            status.passwords.count { $0.state == "inDoubt" }, status.passwords.count(where: \.isRefusal)
        )
        if doubtful > 0 { problems.append((.warning, "\(doubtful) in doubt")) }
        if refused > 0 { problems.append((.warning, "\(refused) refused")) }
        let worst = problems.max { $0.state < $1.state }?.state ?? .ok
        // The sort is stable: the worst first, and else as they came.
        let sorted = problems.sorted { $0.state > $1.state }.map(\.text)
        let watching = status.mailboxes.count { $0.state == "watching" }
        let available = status.passwords.count { $0.state == "available" }
        var parts = Array(sorted.prefix(Self.named))
        if sorted.count > Self.named { parts.append("\(sorted.count - Self.named) more") }
        parts.append("\(watching) of \(status.mailboxes.count) mailboxes watched, \(available) available")
        self.init(worst, parts.joined(separator: "; "), Self.metrics(status, now: now))
    }

    /// What there is to say where the daemon said nothing of use: that it does not serve is critical, that it could not be asked in
    /// the right way is unknown.
    init(_ failure: HandoffClient.Failure) {
        switch failure.exitStatus {
        case .unavailable: self.init(.critical, failure.explanation.english)
        default: self.init(.unknown, failure.explanation.english)
        }
    }

    init(_ state: State, _ text: String, _ metrics: [String] = []) {
        (self.state, self.text, self.metrics) = (state, text, metrics)
    }

    /// The line. A bar in the text would begin the performance data.
    var line: String {
        var text = String.UnicodeScalarView()
        // By scalars: a bar with a combining mark after it is one character, and still a bar.
        for scalar in DisplayWidth.cut(self.text.harmless, to: Self.longest).unicodeScalars {
            text.append(scalar == "|" ? "/" : scalar)
        }
        let data = metrics.isEmpty ? "" : " | \(metrics.joined(separator: " "))"
        return "SECOM-OTP \(state.word) - \(String(text))\(data)"
    }

    private static func judge(_ mailbox: DaemonStatus.Mailbox, now: Date) -> (State, String) {
        let age = mailbox.lastRoundTripAt.map { Int(clamping: Int64(now.timeIntervalSince($0))) }
        let text = "\(mailbox.name) \(mailbox.state)" + (mailbox.error.map { ": \($0)" } ?? "")
        switch (mailbox.state, age) {
        case ("failed", _): return (.critical, text)
        case ("watching", let age?) where age >= silence.critical:
            return (.critical, "\(mailbox.name) silent for \(age) s")
        case ("watching", let age?) where age >= silence.warning:
            return (.warning, "\(mailbox.name) silent for \(age) s")
        case ("watching", _): return (mailbox.error == nil ? .ok : .warning, text)
        case ("retrying", nil): return (.critical, text)
        case (_, let age?) where age >= silence.critical: return (.critical, text)
        default: return (.warning, text)
        }
    }

    /// `label=value[unit];warning;critical;minimum;maximum`; the thresholds are ranges outside of which it is one.
    private static func metrics(_ status: DaemonStatus, now: Date) -> [String] {
        let count = status.mailboxes.count
        func mailboxes(_ state: String) -> Int { status.mailboxes.count { $0.state == state } }
        func passwords(_ state: String) -> Int { status.passwords.count { $0.state == state } }
        var metrics = [
            "mailboxes=\(count);;1:;0", "watching=\(mailboxes("watching"));\(count):;;0;\(count)",
            "failed=\(mailboxes("failed"));;0;0;\(count)", "available=\(passwords("available"));;;0",
            "claimed=\(passwords("claimed"));;;0", "in_doubt=\(passwords("inDoubt"));0;;0",
            "refused=\(status.passwords.count(where: \.isRefusal));0;;0",
        ]
        if let oldest = status.mailboxes.compactMap(\.lastRoundTripAt).min() {
            let age = max(Int(clamping: Int64(now.timeIntervalSince(oldest))), 0)
            metrics.append("silence=\(age)s;\(silence.warning);\(silence.critical);0")
        }
        return metrics
    }
}
