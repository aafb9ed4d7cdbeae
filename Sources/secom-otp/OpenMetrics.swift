import FoundationEssentials
import Handoff
import Varlink

/// Status as metrics. No address and no id: a metric's labels travel far.
///
/// Of OpenMetrics' types only those that the older text format has too: node_exporter's textfile collector reads that, and
/// refuses a file with another in it.
enum OpenMetrics {
    static func text(_ status: JSON.Object) -> String {
        let mailboxes = (status["mailboxes"]?.array ?? []).compactMap(\.object)
        let passwords = (status["passwords"]?.array ?? []).compactMap(\.object)
        var lines: [String] = []
        func metric(_ name: String, _ type: String, _ help: String, _ samples: [String]) {
            lines += ["# HELP \(name) \(help)", "# TYPE \(name) \(type)"] + samples
        }
        metric("secom_otpd_info", "gauge", "The daemon.", ["secom_otpd_info{version=\(label(status["version"]))} 1"])
        metric(
            "secom_otpd_mailbox_up", "gauge", "Whether the mailbox is being watched.",
            mailboxes.map {
                "secom_otpd_mailbox_up{mailbox=\(label($0["name"]))} \($0["state"]?.string == "watching" ? 1 : 0)"
            })
        metric(
            "secom_otpd_mailbox_reconnects", "counter", "IMAP sessions after the first.",
            mailboxes.map {
                "secom_otpd_mailbox_reconnects_total{mailbox=\(label($0["name"]))} \($0["reconnects"]?.int ?? 0)"
            })
        for (key, name, help) in [
            (
                "lastRoundTripAt", "secom_otpd_mailbox_last_round_trip_timestamp_seconds",
                "When the server last answered."
            ),
            (
                "lastArrivalAt", "secom_otpd_mailbox_last_arrival_timestamp_seconds",
                "When a mail from the sender last arrived."
            ),
        ] {
            metric(
                name, "gauge", help,
                mailboxes.compactMap { mailbox in
                    guard let date = mailbox[key]?.string.flatMap(RFC3339.parse) else { return nil }
                    return "\(name){mailbox=\(label(mailbox["name"]))} \(date.timeIntervalSince1970)"
                })
        }
        var counts: [[String]: Int] = [:]
        var refusals: [[String]: Int] = [:]
        for password in passwords {
            let mailbox = label(password["mailbox"])
            counts[[mailbox, label(password["state"])], default: 0] += 1
            // The code; what the mail says may follow it, which is not used as a metric's label.
            if let code = password["reason"]?.string?.prefix(while: { $0 != ":" }) {
                refusals[[mailbox, label(.string(String(code)))], default: 0] += 1
            }
        }
        metric(
            "secom_otpd_passwords", "gauge", "Mails from the sender, by state.",
            counts.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map {
                "secom_otpd_passwords{mailbox=\($0.key[0]),state=\($0.key[1])} \($0.value)"
            })
        metric(
            "secom_otpd_refusals", "gauge", "Refused mails from the sender, by reason.",
            refusals.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map {
                "secom_otpd_refusals{mailbox=\($0.key[0]),reason=\($0.key[1])} \($0.value)"
            })
        return (lines + ["# EOF"]).joined(separator: "\n") + "\n"
    }

    /// A label's value, quoted. By scalars: a quote with a combining mark after it is one character, and still ends the
    /// label.
    private static func label(_ value: JSON?) -> String {
        var quoted = "\""
        for scalar in (value?.string ?? "").unicodeScalars {
            switch scalar {
            case "\\", "\"":
                quoted.unicodeScalars.append("\\")
                quoted.unicodeScalars.append(scalar)
            case "\n": quoted += "\\n"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
