import Varlink

/// Status, for people.
enum StatusTable {
    static func text(_ status: JSON.Object) -> String {
        let mailboxes = (status["mailboxes"]?.array ?? []).compactMap(\.object)
        let passwords = (status["passwords"]?.array ?? []).compactMap(\.object)
        var text = "secom-otpd \(cell(status["version"]))\n\n"
        text += table(
            ["MAILBOX", "STATE", "ARRIVAL", "CLAIMS", "LAST ROUND TRIP", "LAST ARRIVAL", "RECONNECTS"],
            mailboxes.map { mailbox in
                ["name", "state", "arrival", "claims", "lastRoundTripAt", "lastArrivalAt", "reconnects"].map {
                    cell(mailbox[$0])
                }
            })
        for mailbox in mailboxes {
            let name = cell(mailbox["name"])
            if let error = mailbox["error"]?.string {
                let next = mailbox["nextAttemptAt"]?.string.map { " (next attempt at \($0))" } ?? ""
                text += "\(name): \(error)\(next)\n"
            }
            if let advice = mailbox["advice"]?.string { text += "\(name): \(advice)\n" }
        }
        text += "\n"
        guard !passwords.isEmpty else { return text + "No mail from the sender.\n" }
        return text
            + table(
                ["ID", "STATE", "REASON", "RECIPIENT", "ISSUED AT", "EXPIRES AT"],
                passwords.map { password in
                    ["id", "state", "reason", "recipient", "issuedAt", "expiresAt"].map { cell(password[$0]) }
                })
    }

    private static func cell(_ value: JSON?) -> String {
        switch value {
        case .string(let text)?: text
        case .int(let number)?: "\(number)"
        default: "-"
        }
    }

    private static func table(_ header: [String], _ rows: [[String]]) -> String {
        let lines = [header] + rows
        let widths = header.indices.map { column in lines.map { width($0[column]) }.max() ?? 0 }
        return lines.map { line in
            let cells = line.enumerated().map { column, text in
                column == line.count - 1 ? text : text + String(repeating: " ", count: widths[column] - width(text))
            }
            return cells.joined(separator: "  ") + "\n"
        }.joined()
    }

    /// Columns on a terminal: two for each scalar that Unicode calls wide (UAX #11), as Japanese names are, none for marks
    /// that stand on another. Not by character: the halfwidth sound mark of ｶﾞ has a column of its own.
    private static func width(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { sum, scalar in
            switch (scalar.properties.generalCategory, scalar.value) {
            case (.nonspacingMark, _), (.enclosingMark, _), (.format, _): sum
            case (_, 0x1100...0x115F), (_, 0x2E80...0x303E), (_, 0x3041...0xA4CF), (_, 0xA960...0xA97C),
                (_, 0xAC00...0xD7A3), (_, 0xF900...0xFAFF), (_, 0xFE30...0xFE6F), (_, 0xFF01...0xFF60),
                (_, 0xFFE0...0xFFE6), (_, 0x1F300...0x1FAFF), (_, 0x20000...0x3FFFD):
                sum + 2
            default: sum + 1
            }
        }
    }
}
