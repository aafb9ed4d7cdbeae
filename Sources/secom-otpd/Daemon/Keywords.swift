import IMAP
import Ledger

/// How the ledger's records stand in a mailbox. Part of the contract: two daemons on one mailbox read each other's.
enum Keywords {
    static let claimed = "$SecomOTPClaimed"
    static let used = "$SecomOTPUsed"
    static let rejected = "$SecomOTPRejected"
    static let all = [claimed, used, rejected]

    static func record(_ flags: MessageFlags) -> Record {
        if flags.flags.contains(used) { return .used }
        if flags.flags.contains(rejected) { return .rejected }
        return flags.flags.contains(claimed) ? .claimed : .unmarked
    }

    static func mark(_ change: RecordChange, _ afterUse: Configuration.AfterUse) -> Mark {
        switch change {
        case .claim: return .claim(keyword: claimed)
        case .confirmClaimed: return .verify(present: claimed, absent: [used, rejected])
        case .release: return .release(keyword: claimed)
        case .settle(let isUsed):
            let keyword = isUsed ? used : rejected
            switch afterUse {
            case .seen: return .settle(flags: [keyword, "\\Seen"], then: .keep)
            case .keep: return .settle(flags: [keyword], then: .keep)
            case .delete: return .settle(flags: [keyword], then: .delete)
            case .move(let folder): return .settle(flags: [keyword], then: .move(to: folder))
            }
        }
    }

    static func result(_ result: MarkResult) -> RecordResult {
        switch result {
        case .done: .done
        case .lost(let flags): .lost(record(flags))
        case .gone: .gone
        case .failed(let error): .failed(reason: error.description)
        }
    }
}
