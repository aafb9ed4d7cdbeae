import IMAP
import Messages

/// Where the time of a failed check went, if it took a while: what was slow is what must be fixed.
struct ProbeTime {
    /// What takes less is not worth reporting.
    private static let remarkable: Duration = .seconds(3)

    private let steps: [ProbeStep]
    private let uselessAddresses: Int

    init(_ steps: [ProbeStep], _ uselessAddresses: Int) {
        self.steps = steps
        self.uselessAddresses = uselessAddresses
    }

    func tell(_ report: inout CheckReport) {
        let total = steps.reduce(Duration.zero) { $0 + $1.took }
        guard total >= Self.remarkable else { return }
        let slow = steps.filter { $0.took >= .seconds(1) }
        let times = Text.list(slow.map { Text("\(Self.name($0.work)) \(seconds($0.took)) s") })
        report.note(
            "time",
            uselessAddresses > 0
                ? "\(seconds(total)) s: \(times); \(uselessAddresses) address(es) accepted a connection but were unusable"
                : "\(seconds(total)) s: \(times)")
    }

    private func seconds(_ duration: Duration) -> String {
        let tenths = Int(duration / .milliseconds(100))
        return "\(tenths / 10).\(tenths % 10)"
    }

    private static func name(_ work: ProbeStep.Work) -> Text {
        switch work {
        case .credential: Text("the credential")
        case .connection: Text("name lookup, connection, TLS and greeting")
        case .login: Text("the login")
        case .opening: Text("opening the folder")
        case .search: Text("the search")
        case .others: Text("other folders")
        }
    }
}
