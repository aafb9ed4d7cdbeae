import IMAP
import Ledger

extension MarkNames {
    /// Part of the contract: two daemons on one mailbox read each other's.
    static let contract = MarkNames(
        claimed: "$SecomOTPClaimed", used: "$SecomOTPUsed", rejected: "$SecomOTPRejected")
}

extension Record {
    init(_ mark: MarkState) {
        switch mark {
        case .none: self = .unmarked
        case .claimed, .flagged: self = .claimed
        case .used: self = .used
        case .rejected: self = .rejected
        }
    }
}

extension Mark {
    /// How a change of the ledger's is made in a mailbox.
    init(_ change: RecordChange, _ afterUse: Configuration.AfterUse, isRepeated: Bool) {
        switch change {
        case .claim: self = .claim
        case .confirmClaimed: self = .verify
        case .release: self = .release
        case .settle(let used):
            let then: AfterUse =
                switch afterUse {
                case .seen, .keep: .keep
                case .delete: .delete
                case .move(let folder): .move(to: folder)
                }
            self = .settle(used: used, seen: afterUse == .seen, then: then, isRepeated: isRepeated)
        }
    }
}

extension RecordResult {
    init(_ result: MarkResult) {
        switch result {
        case .done, .notKept: self = .done
        case .lost(let mark): self = .lost(Record(mark))
        case .gone: self = .gone
        case .unavailable(let error), .unknown(let error), .refused(let error):
            self = .failed(reason: error.description)
        }
    }
}
