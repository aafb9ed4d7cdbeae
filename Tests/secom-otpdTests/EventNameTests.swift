import FoundationEssentials
import Testing

@testable import secom_otpd

/// The log's events, and where they are told of.
struct EventNameTests {
    private static let tree = {
        var path = #filePath[...]
        for _ in 0..<3 { path = path[..<(path.lastIndex(of: "/") ?? path.startIndex)] }
        return String(path)
    }()

    private func text(_ path: String) throws -> String {
        try String(contentsOfFile: "\(Self.tree)/\(path)", encoding: .utf8)
    }

    @Test func eachHasAnIDOfItsOwn() {
        let ids = EventName.allCases.map(\.id)
        #expect(Set(ids).count == ids.count)
        for id in ids { #expect(id.count == 32 && id.allSatisfy { $0.isHexDigit && !$0.isUppercase }, "\(id)") }
    }

    /// An event that the journal gets has an ID, and no ID is of an event that nobody logs.
    @Test func allThatIsLoggedHasOne() throws {
        let sources = try ["Daemon/Journal", "Systemd/JournalLogHandler"].map {
            try text("Sources/secom-otpd/\($0).swift")
        }
        // The first string behind the call.
        var logged: Set<String> = []
        for call in ["logger.", "LogLine("] {
            for source in sources {
                for part in source.components(separatedBy: call).dropFirst() {
                    let words = part.split(separator: "\"", maxSplits: 2, omittingEmptySubsequences: false)
                    if words.count == 3, !words[0].contains("}"), words[1].allSatisfy({ $0.isLetter || $0 == "-" }) {
                        logged.insert(String(words[1]))
                    }
                }
            }
        }
        #expect(logged == Set(EventName.allCases.map(\.rawValue)))
    }

    @Test func eachIsInTheCatalogAndTheDocuments() throws {
        let catalog = try text("systemd/secom-otpd.catalog")
        let (guide, page) = (try text("docs/operating.md"), try text("man/secom-otpd.8"))
        for event in EventName.allCases {
            #expect(catalog.contains("\n-- \(event.id)\nSubject: "), "\(event.rawValue)")
            #expect(catalog.contains("\n-- \(event.id) ja\nSubject: "), "\(event.rawValue)")
            #expect(guide.contains("| `\(event.rawValue)` | `\(event.id)` |"), "\(event.rawValue)")
            #expect(page.contains("\n.It Li \(event.rawValue) Ta Li \(event.id)\n"), "\(event.rawValue)")
        }
        #expect(catalog.components(separatedBy: "\n-- ").count - 1 == 2 * EventName.allCases.count)
    }
}
