import Logging
import ProcessRuntime

/// One event, as it appears in the log: as text, and in journald's format.
struct LogLine {
    private let level: Logger.Level
    private let event: String
    private let fields: [(key: String, value: String)]

    init(_ level: Logger.Level, _ event: String, _ fields: [String: String]) {
        (self.level, self.event) = (level, event)
        self.fields = fields.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// The event and its fields, without an end of line.
    var message: String {
        fields.reduce(into: event) { $0 += " \($1.key)=\(Self.quoted($1.value))" }
    }

    /// For people with the level's name in front, for the journal with a priority (sd-daemon(3)).
    func text(toJournal isJournal: Bool) -> String {
        (isJournal ? "<\(priority)>" : "\(level): ") + message + "\n"
    }

    /// As journald takes it on its own socket: the fields of systemd.journal-fields(7), and ours.
    var record: JournalRecord {
        var record = JournalRecord()
        record.add("MESSAGE", message)
        record.add("PRIORITY", "\(priority)")
        record.add("SYSLOG_IDENTIFIER", "secom-otpd")
        if let id = EventName(rawValue: event)?.id { record.add("MESSAGE_ID", id) }
        for (key, value) in fields {
            record.add("SECOM_OTPD_" + key.uppercased().replacing("-", with: "_"), Self.printable(value))
        }
        return record
    }

    func outgoing(toJournal isJournal: Bool) -> LineOutlet.Line {
        LineOutlet.Line(Array(text(toJournal: isJournal).utf8), record: isJournal ? record.bytes : [])
    }

    private var priority: Int {
        switch level {
        case .critical: 2
        case .error: 3
        case .warning: 4
        case .notice: 5
        case .info: 6
        case .debug, .trace: 7
        }
    }

    /// Quotes what is not a plain word.
    private static func quoted(_ text: String) -> String {
        let isPlain =
            !text.isEmpty
            && text.unicodeScalars.allSatisfy { 0x21...0x7E ~= $0.value && !["\"", "\\", "="].contains($0) }
        guard !isPlain else { return text }
        var quoted = "\""
        for scalar in printable(text).unicodeScalars {
            if scalar == "\"" || scalar == "\\" { quoted.unicodeScalars.append("\\") }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }

    /// Without what would break the line, steer a terminal or turn the reading direction.
    private static func printable(_ text: String) -> String {
        var printable = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: printable.append("\u{FFFD}")
            default: printable.append(scalar)
            }
        }
        return String(printable)
    }
}
