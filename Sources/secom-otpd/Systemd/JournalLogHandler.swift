import Glibc
import Logging
import ProcessRuntime

/// Writes each event as one line to standard error: for the journal with a priority in front (sd-daemon(3)), for people with
/// the level's name.
struct JournalLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info
    private static let isJournal = getenv("JOURNAL_STREAM") != nil

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var line = Self.prefix(event.level) + "\(event.message)"
        for (key, value) in (event.metadata ?? [:]).sorted(by: { $0.key < $1.key }) {
            line += " \(key)=\(Self.quoted("\(value)"))"
        }
        line += "\n"
        LineOutlet.standardError.write(Array(line.utf8))
    }

    fileprivate static func prefix(_ level: Logger.Level) -> String {
        isJournal ? "<\(priority(level))>" : "\(level): "
    }

    private static func priority(_ level: Logger.Level) -> Int {
        switch level {
        case .critical: 2
        case .error: 3
        case .warning: 4
        case .notice: 5
        case .info: 6
        case .debug, .trace: 7
        }
    }

    /// Quotes what is not a plain word. What would break the line, steer a terminal or turn the reading direction never
    /// reaches the journal.
    private static func quoted(_ text: String) -> String {
        let isPlain =
            !text.isEmpty
            && text.unicodeScalars.allSatisfy { 0x21...0x7E ~= $0.value && !["\"", "\\", "="].contains($0) }
        guard !isPlain else { return text }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch (scalar, scalar.properties.generalCategory) {
            case ("\"", _), ("\\", _):
                quoted.unicodeScalars.append("\\")
                quoted.unicodeScalars.append(scalar)
            case (_, .control), (_, .format), (_, .lineSeparator), (_, .paragraphSeparator):
                quoted.unicodeScalars.append("\u{FFFD}")
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}

extension LineOutlet {
    /// All that the daemon says.
    static let standardError: LineOutlet = {
        // Whatever ends the program: what it has said is written, if that goes.
        atexit { LineOutlet.standardError.flush(within: .seconds(1)) }
        return LineOutlet(2) { lost in
            Array("\(JournalLogHandler.prefix(.warning))log-lines-lost lines=\(lost)\n".utf8)
        }
    }()
}
