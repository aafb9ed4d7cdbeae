import FoundationEssentials
import Messages

/// Who may have which password. A pure state machine: events in, actions out, the time supplied from outside.
///
///     available -> claimed -> used | rejected        settle
///                  claimed -> available              settle unused
///                  claimed -> inDoubt                the claimant's connection ended unsettled, or the daemon did
///                  inDoubt -> claimed                a claim that includes those in doubt; settle works on it too
///     any but used and rejected -> expired
///
/// What has a state is the password (``Custody``), not the message (``Message``): one password may appear in several messages. The state
/// of one stands for all of them, and the others are shown as duplicates. Expiry is not a state but follows from the time: correcting the clock
/// makes a password valid again.
///
/// There are two internal states: a claim is *pending* while the server is asked to mark it, and shown as what it was; a release
/// is pending while the mark is removed, and shown as claimed. A password in one of these is not handed out.
public struct Ledger: Sendable {
    /// What is to be done outside, in this order.
    public enum Action: Sendable {
        /// Change the mail's record on the server; the answer comes back by ``recordChanged(_:_:_:_:now:)``.
        case change(PasswordID, RecordChange, MessageKey)
        case give(Password, to: UInt64)
        case refuse(claimant: UInt64, ClaimError)
        case settled(call: UInt64, ClaimError?)
        /// For the log: this mail is in this state now.
        case entered(PasswordID, PasswordState, reason: String?, detail: Text?, holder: Caller? = nil)
        /// For the log: there are too many mails, and this one is forgotten.
        case forgotten(PasswordID)
        /// To be kept over a restart. Comes before what depends on it.
        case remember(Memory.Entry)
    }

    /// The reason of a mail that the server could not give. It may be able to, later.
    public static let unfetchable = "unfetchable"
    /// In the place of a reason: a mail that was too old when it was first seen, and is no refused one.
    static let tooOld = "too-old"
    /// The reason of a mail that is gone from its mailbox, and that nobody here has had.
    static let expunged = "expunged"
    /// The reason of a state that the mailbox does not have yet.
    static let notMarked = "not-marked"

    /// Messages of one mailbox that are kept at most.
    static let messageBound = 2048
    /// How long a claimant waits for one mailbox's answer before it looks for another password as well.
    static let patience = Duration.seconds(2)
    /// How long a claim may outlast its wait while its mark is being made.
    static let grace = Duration.seconds(4)
    /// How long a call of Settle waits for the mailbox to have it.
    static let settlePatience = Duration.seconds(5)
    /// How long a settlement waits for its mailbox to show the message, whether its call is answered or not.
    static let mostDeferral = Duration.seconds(3600)
    /// Settlements that wait so, at most.
    static let mostDeferred = 256
    /// Spent passwords that are remembered before the expired ones among them are forgotten.
    static let spentBound = 1024

    var messages: [PasswordID: Message] = [:]
    /// The name of the message that has a number now, where another one had it before.
    var renamed: [PasswordID: PasswordID] = [:]
    var custodies: [Int: Custody] = [:]
    var mailboxes: [String: MailboxStanding] = [:]
    var memory: Memory

    /// In the order in which they came.
    var waiting: [Claimant] = []
    /// The passwords that are being marked for a claimant.
    var attempts: [UInt64: Set<Int>] = [:]
    /// Calls of Settle for messages that may be found yet.
    var deferred: [DeferredSettlement] = []

    // What follows is derived from the above, so that nothing has to be looked for.
    var free = Candidates()
    var inDoubt = Candidates()
    var agenda = Agenda()
    var names: [String: Set<PasswordID>] = [:]
    var heldOn: [UInt64: Set<Int>] = [:]
    var owing: [String: Set<PasswordID>] = [:]
    var calling: Set<Int> = []
    var mostSpent = Ledger.spentBound

    var now = Moment(wall: .distantPast, uptime: .zero)
    private var actions: [Action] = []

    /// - Parameter memory: what an earlier process has left.
    public init(mailboxes: Set<String>, memory: Memory = Memory()) {
        self.memory = memory
        for mailbox in mailboxes { self.mailboxes[mailbox] = MailboxStanding() }
    }

    /// The mailboxes of the configuration.
    public var mailboxNames: [String] { mailboxes.keys.sorted() }

    // MARK: Inside

    /// Takes in an event, and returns what is to be done.
    mutating func react(_ now: Moment, _ event: (inout Ledger) -> Void) -> [Action] {
        let isSetBack = now.wall.addingTimeInterval(1) < self.now.wall
        self.now = now
        if isSetBack { lookAgainAtExpired() }
        event(&self)
        defer { actions = [] }
        return actions
    }

    mutating func act(_ action: Action) { actions.append(action) }

    func custody(of id: PasswordID) -> (fingerprint: Int, custody: Custody)? {
        guard let fingerprint = messages[id]?.fingerprint, let custody = custodies[fingerprint] else { return nil }
        return (fingerprint, custody)
    }

    /// The messages that the password is in now.
    func present(_ custody: Custody) -> [Message] { custody.members.compactMap { messages[$0] }.filter(\.isThere) }

    mutating func enter(_ fingerprint: Int, _ state: Custody.State) {
        if case .claimed(_, let connection, _)? = custodies[fingerprint]?.state {
            heldOn[connection]?.remove(fingerprint)
            if heldOn[connection]?.isEmpty == true { heldOn[connection] = nil }
        }
        custodies[fingerprint]?.state = state
        switch state {
        case .claimed(_, let connection, _): heldOn[connection, default: []].insert(fingerprint)
        case .free:
            unspend(fingerprint)
            custodies[fingerprint]?.given = nil
            custodies[fingerprint]?.holder = nil
        case .claiming, .releasing, .inDoubt, .used, .rejected: break
        }
        index(fingerprint)
        report(fingerprint)
    }

    /// Puts the password's messages where claims look for them. What is settled is given to nobody again: its secret goes at once.
    mutating func index(_ fingerprint: Int) {
        guard let custody = custodies[fingerprint] else { return }
        for id in custody.members {
            if custody.state.isSettled { messages[id]?.password = nil }
            guard let message = messages[id] else { continue }
            let isMeant = message.isThere && message.password != nil && message.expiredSince == nil
            if isMeant, custody.state == .free { free.insert(message) } else { free.remove(message) }
            if isMeant, custody.state == .inDoubt { inDoubt.insert(message) } else { inDoubt.remove(message) }
        }
    }

    /// Logs what has changed.
    mutating func report(_ fingerprint: Int) {
        for id in custodies[fingerprint]?.members ?? [] { report(id) }
    }

    mutating func report(_ id: PasswordID) {
        guard let message = messages[id] else { return }
        let status = status(message)
        guard message.told.map({ ($0.state, $0.reason) != (status.state, status.reason) }) ?? true else { return }
        messages[id]?.told = status
        let holder: Caller? =
            switch status.state {
            case .claimed, .inDoubt, .used, .rejected: custody(of: id)?.custody.holder
            case .available, .expired, .refused: nil
            }
        act(.entered(id, status.state, reason: status.reason, detail: status.detail, holder: holder))
    }

    /// A mailbox can be asked for marks now.
    func canBeAsked(_ mailbox: String) -> Bool {
        mailboxes[mailbox].map { $0.isOpen && $0.heldUntil <= now.uptime } ?? false
    }

    func isExpired(_ message: Message) -> Bool { message.expiresAt.map { $0 <= now.wall } ?? true }

    /// A password is of no use from the end of the first of its messages.
    func isExpired(_ custody: Custody) -> Bool {
        custody.members.contains { messages[$0].map { isExpired($0) } ?? false }
    }
}
