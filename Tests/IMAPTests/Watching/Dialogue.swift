import Testing

@testable import IMAP

/// A watch with a clock that stands still until it is moved.
struct Dialogue {
    var state: WatchState
    private var seconds = 1000.0
    private var reader = ResponseReader()
    private var wall: Double = 1_700_000_000

    init(
        _ capabilities: Set<String> = ["IDLE"], exists: UInt32 = 0, uidNext: UInt32? = 5,
        memory: MailboxMemory = MailboxMemory(), isWritable: Bool = true,
        _ change: (inout SelectedMailbox) -> Void = { _ in }
    ) {
        var selected = SelectedMailbox(
            uidValidity: 1, uidNext: uidNext, exists: exists, permanentFlags: ["\\*"], numbersChanges: true)
        change(&selected)
        state = WatchState(
            .init(sender: "a@b.example", isWritable: isWritable, marks: .test), capabilities: capabilities,
            selected: selected, memory: memory,
            at: Moment(monotonic: Deadline(nanoseconds: 1_000_000_000_000), wall: wall))
        _ = try? reader.read(wire("* OK x\n"))
    }

    var now: Moment {
        Moment(monotonic: Deadline(nanoseconds: UInt64(seconds * 1e9)), wall: wall + seconds - 1000)
    }

    mutating func pass(_ duration: Double) { seconds += duration }

    mutating func happens(_ event: WatchEvent) -> [WatchAction] { state.received(event, at: now) }

    /// The actions that all these lines bring about.
    mutating func server(_ lines: String...) throws -> [WatchAction] { try server(lines) }

    mutating func server(_ lines: [String]) throws -> [WatchAction] {
        var actions: [WatchAction] = []
        for line in lines { actions += happens(.response(try reader.read(wire(line + "\n")))) }
        return actions
    }

    mutating func wait(_ duration: Double) -> [WatchAction] {
        seconds += duration
        return happens(.deadline)
    }

    /// The wall's clock is set.
    mutating func set(_ step: Double) { wall += step }

    /// Past the opening of an empty mailbox, idling.
    mutating func idle() throws {
        _ = happens(.deadline)
        _ = try server("1 OK")
        if state.isWatching { _ = happens(.deadline) } else { _ = try server("1 OK"); _ = happens(.deadline) }
        _ = try server("+ idling")
        #expect(state.isWatching && state.isIdling)
    }
}

extension MarkNames {
    static let test = MarkNames(claimed: "$C", used: "$U", rejected: "$R")
}

extension MarkScheme {
    /// Keywords of any name are kept.
    static let test = MarkScheme(.test, permanentFlags: ["\\*"])
    static let systemFlags = MarkScheme(.test, permanentFlags: ["\\Seen", "\\Answered", "\\Flagged"])
}
