import FoundationEssentials
import Glibc

/// The threads of a process, and how often each of them has slept and was woken: its voluntary context switches. proc(5)
struct Wakeups: Equatable, CustomStringConvertible {
    private struct Thread: Equatable {
        let name: String
        let switches: Int
    }

    /// By their numbers.
    private let threads: [String: Thread]

    init(of pid: pid_t) throws {
        let directory = "/proc/\(pid)/task"
        var threads: [String: Thread] = [:]
        for number in try FileManager.default.contentsOfDirectory(atPath: directory) {
            let fields = try Proc.text(of: "\(directory)/\(number)/status").split(separator: "\n").map { line in
                line.split(separator: ":", maxSplits: 1).map { String($0.drop(while: \.isWhitespace)) }
            }
            func field(_ name: String) -> String { fields.first { $0.first == name }?.last ?? "" }
            threads[number] = Thread(
                name: field("Name"), switches: Int(field("voluntary_ctxt_switches")) ?? .min)
        }
        self.threads = threads
    }

    var threadCount: Int { threads.count }

    var description: String {
        threads.sorted { $0.key < $1.key }.map { "\($0.value.name) \($0.key): \($0.value.switches)" }
            .joined(separator: ", ")
    }
}
