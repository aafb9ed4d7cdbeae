import Glibc
import Logging
import ProcessRuntime

/// Writes each event as one line to standard error or, if that is connected to the journal, with its fields to journald's own socket.
struct JournalLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let fields = (event.metadata ?? [:]).mapValues { "\($0)" }
        LineOutlet.standardError.write(
            LogLine(event.level, "\(event.message)", fields).outgoing(toJournal: JournalSocket.standardError != nil))
    }
}

extension JournalSocket {
    /// journald's, where standard error leads to the journal.
    static let standardError: JournalSocket? = leadsToJournal(2) ? JournalSocket() : nil
}

extension LineOutlet {
    /// All that the daemon says.
    static let standardError: LineOutlet = {
        // Whatever ends the program: what it has said is written, if that goes.
        atexit { LineOutlet.standardError.flush(within: .seconds(1)) }
        let journal = JournalSocket.standardError
        return LineOutlet(2, takesRecord: { journal?.send($0) ?? false }) { lost in
            LogLine(.warning, "log-lines-lost", ["lines": "\(lost)"]).outgoing(toJournal: journal != nil)
        }
    }()
}
