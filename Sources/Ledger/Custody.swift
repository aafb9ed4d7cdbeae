import Messages

/// Who has one password. The same password in several messages (copies, aliases, several mailboxes) is one.
struct Custody: Sendable {
    enum State: Equatable, Sendable {
        case free
        case claiming(Attempt)
        case claimed(by: UInt64, on: UInt64, fromDoubt: Bool)
        case releasing(Release)
        case inDoubt
        case used, rejected

        /// Its claimant has said what became of it, or the mailbox has.
        var isSettled: Bool { self == .used || self == .rejected }
    }

    /// A claim whose marks are being made.
    struct Attempt: Equatable, Sendable {
        let claimant: UInt64
        /// The message that is given.
        let chosen: PasswordID
        /// The message that is marked first, alone: of several copies in a mailbox the one with the lowest UID, so that two daemons contend
        /// for the same.
        let leader: PasswordID
        let fromDoubt: Bool
        /// The messages whose marks are under way.
        var awaited: Set<PasswordID>
        /// The leader's mark is made, and the copies' are under way.
        var isLed = false
        /// A copy's mark was somebody else's.
        var isLost = false
        /// When the claimant looks for another password as well, by ``Moment/uptime``.
        var patientUntil: Duration
        /// That time is over.
        var isOverdue = false
    }

    /// A password that is given back, its marks being taken off.
    struct Release: Equatable, Sendable {
        var awaited: Set<PasswordID>
        let wasInDoubt: Bool
        /// Why a mark may still be set.
        var failure: Text?
    }

    /// A call of Settle that is to be answered.
    struct Call: Equatable, Sendable {
        let id: UInt64
        /// When it is answered at the latest, by ``Moment/uptime``.
        let deadline: Duration
    }

    var state = State.free
    /// Within a mailbox by their UIDs, else in the order in which they came.
    var members: [PasswordID] = []
    /// Under which name it was given; nil while nobody had it.
    var given: PasswordID?
    /// Who it was given to, by this daemon; nil while nobody had it.
    var holder: Caller?
    /// Who had it has given it back.
    var wasGivenBack = false
    /// Those who settle it and wait for the mailbox to have it.
    var calls: [Call] = []

    /// A claimant of this daemon has it, or is about to.
    var isHeldHere: Bool {
        switch state {
        case .claiming, .claimed, .releasing: true
        case .free, .inDoubt, .used, .rejected: false
        }
    }

    /// Marks are under way that decide on it.
    var isChanging: Bool {
        switch state {
        case .claiming, .releasing: true
        case .free, .claimed, .inDoubt, .used, .rejected: false
        }
    }
}
