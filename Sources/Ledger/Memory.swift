/// What this daemon must know about messages independently of their mailbox: which it has seen and handed out if the mailbox stores no
/// marks, which marks a mailbox has yet to receive, and which passwords it has handed out. Names and traces, and no secret. Kept across restarts in the runtime directory, if there is one.
public struct Memory: Equatable, Sendable {
    public enum Note: String, CaseIterable, Sendable {
        /// Nobody has had it.
        case seen
        case claimed, used, rejected
        /// Its mailbox is to be told so.
        case owedClaimed, owedUsed, owedRejected
    }

    /// A mailbox under one UIDVALIDITY.
    public struct Numbering: Hashable, Sendable {
        public let account: String
        public let uidValidity: UInt32

        public init(account: String, uidValidity: UInt32) {
            self.account = account
            self.uidValidity = uidValidity
        }
    }

    /// One line of what is kept.
    public enum Entry: Equatable, Sendable {
        case note(MessageKey, Note)
        case forget(MessageKey)
        /// The mailbox was said to keep marks, and has not kept one.
        case forgetful(account: String)
        /// Of a mailbox that keeps no marks: messages from this UID on have come since it was watched.
        case next(Numbering, uid: UInt32)
        /// What traces are made with. The first line: those that were made with another say nothing.
        case seed(UInt64)
        /// A password that this daemon has handed out, whatever message it is found in. `until`: when it expires, in seconds since 1970.
        case spent(trace: UInt32, until: Int64)
        /// It was given back.
        case unspent(trace: UInt32)
    }

    public private(set) var notes: [MessageKey: Note] = [:]
    public private(set) var next: [Numbering: UInt32] = [:]
    public private(set) var forgetful: Set<String> = []
    /// Nil: no traces are kept.
    public private(set) var seed: UInt64?
    /// When they expire, by their traces.
    public private(set) var spent: [UInt32: Int64] = [:]

    public init() {}

    public mutating func apply(_ entry: Entry) {
        switch entry {
        case .note(let key, let note): notes[key] = note
        case .forget(let key): notes[key] = nil
        case .forgetful(let account): forgetful.insert(account)
        case .next(let numbering, let uid): next[numbering] = max(next[numbering] ?? 0, uid)
        case .seed(let new): (seed, spent) = (new, [:])
        case .spent(let trace, let until): spent[trace] = until
        case .unspent(let trace): spent[trace] = nil
        }
    }
}
