import FoundationEssentials
import Glibc
import Synchronization

/// The one mailbox of a ``LaxServer``: what it has and what was done to it, right by the RFC. What is wrong about a server is its
/// ``Quirk``, which changes only what is told.
final class LaxMailbox: Sendable {
    struct Message: Sendable {
        let uid: UInt32
        /// With CRLF.
        let bytes: [UInt8]
        let came: Date
        var flags: Set<String> = []
        var modSeq: UInt64
    }

    private struct State {
        var messages: [Message] = []
        var nextUID: UInt32 = 7
        var modSeq: UInt64 = 9
        var asked: [(name: String, at: Date)] = []
        var folders: [String: [Message]] = ["Archive": []]
    }
    private let state = Mutex(State())

    var messages: [Message] { state.withLock(\.messages) }
    var nextUID: UInt32 { state.withLock(\.nextUID) }
    var highestModSeq: UInt64 { state.withLock(\.modSeq) }
    /// The flags of each, in the order in which they came.
    var flags: [Set<String>] { messages.map(\.flags) }

    /// Notes that such a command has come.
    func note(_ command: String) { state.withLock { $0.asked.append((command, .now)) } }
    func count(of command: String) -> Int { state.withLock { $0.asked.count { $0.name == command } } }
    /// All commands that have come.
    var commands: Int { state.withLock(\.asked.count) }
    var askedInASecond: Int { state.withLock { $0.asked.suffix(20).count { $0.at.timeIntervalSinceNow > -1 } } }

    func append(_ letter: Letter) { append(letter.bytes) }
    func append(_ text: String) { append(Array(text.utf8)) }

    private func append(_ bytes: [UInt8]) {
        var mail: [UInt8] = []
        for byte in bytes { mail += byte == 10 && mail.last != 13 ? [13, 10] : [byte] }
        state.withLock { [mail] in
            $0.modSeq += 1
            $0.messages.append(Message(uid: $0.nextUID, bytes: mail, came: .now, modSeq: $0.modSeq))
            $0.nextUID += 1
        }
    }

    /// What stands in another folder; nil where there is no such folder.
    func messages(in folder: String) -> [Message]? { state.withLock { $0.folders[folder] } }

    /// Copies messages to another folder. False where there is no such folder.
    func copy(_ isMeant: (Message) -> Bool, to folder: String) -> Bool {
        state.withLock { $0.folders[folder]?.append(contentsOf: $0.messages.filter(isMeant)) != nil }
    }

    /// Removes messages. Returns their sequence numbers, the highest first.
    func remove(_ isMeant: (Message) -> Bool) -> [Int] {
        state.withLock { state in
            let indices = state.messages.indices.filter { isMeant(state.messages[$0]) }.reversed()
            for index in indices { state.messages.remove(at: index) }
            return indices.map { $0 + 1 }
        }
    }

    /// Changes a message's flags. Nil where there is none of that UID, or it has changed since `condition`.
    func change(_ uid: UInt32, ifUnchangedSince condition: UInt64? = nil, _ body: (inout Set<String>) -> Void)
        -> Message?
    {
        state.withLock {
            guard let index = $0.messages.firstIndex(where: { $0.uid == uid }),
                $0.messages[index].modSeq <= condition ?? .max
            else { return nil }
            let before = $0.messages[index].flags
            body(&$0.messages[index].flags)
            if $0.messages[index].flags != before {
                $0.modSeq += 1
                $0.messages[index].modSeq = $0.modSeq
            }
            return $0.messages[index]
        }
    }
}

/// A sequence-set. RFC 3501, section 9
struct SequenceSet {
    private let ranges: [ClosedRange<UInt32>]

    /// - Parameter last: what `*` stands for.
    init(_ text: some StringProtocol, last: UInt32) {
        ranges = text.split(separator: ",").map { part in
            let ends = part.split(separator: ":").map { $0 == "*" ? last : UInt32($0) ?? 0 }
            return (ends.min() ?? 0)...(ends.max() ?? 0)
        }
    }

    func contains(_ number: UInt32) -> Bool { ranges.contains { $0 ~= number } }
}
