import IMAP
import Ledger

extension MarkNames {
    /// How the ledger's records are stored in a mailbox that supports keywords. Part of the contract: two daemons on one mailbox read each other's.
    static let contract = MarkNames(claimed: "$SecomOTPClaimed", used: "$SecomOTPUsed", rejected: "$SecomOTPRejected")
}

extension Record {
    init(_ mark: MarkState) {
        self =
            switch mark {
            case .none: .unmarked
            case .claimed: .claimed
            case .flagged: .flagged
            case .used: .used
            case .rejected: .rejected
            }
    }
}

extension Mark {
    init(_ change: RecordChange, _ afterUse: Configuration.AfterUse) {
        self =
            switch change {
            case .claim: .claim
            case .confirmClaimed: .verify
            case .release: .release
            case .settle(let used, let isRepeated):
                .settle(used: used, seen: afterUse == .seen, then: AfterUse(afterUse), isRepeated: isRepeated)
            }
    }
}

extension AfterUse {
    init(_ afterUse: Configuration.AfterUse) {
        self =
            switch afterUse {
            case .seen, .keep: .keep
            case .delete: .delete
            case .move(let folder): .move(to: folder)
            }
    }
}

extension RecordResult {
    init(_ result: MarkResult) {
        self =
            switch result {
            case .done: .done
            case .notKept: .notKept
            case .lost(let mark): .lost(Record(mark))
            case .gone: .gone
            case .unavailable(let error): .unavailable(reason: error.text)
            case .unknown(let error): .unknown(reason: error.text)
            case .refused(let error): .refused(reason: error.text)
            }
    }
}
