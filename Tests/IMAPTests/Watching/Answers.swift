@testable import IMAP

/// Answers to the commands of a mark on the message 7.
enum Answers {
    static let read = Command.uidFetch(UIDSet(7), .flags, numbersChanges: true)
    static let readWithoutNumbers = Command.uidFetch(UIDSet(7), .flags, numbersChanges: false)
    static let nothing = Reply()
    static let modified = Reply(completion: .init(condition: .ok, code: .modified))

    static func told(_ flags: Set<String>?, _ modSeq: UInt64? = 10, _ status: StatusResponse = .ok) -> Reply {
        var fetch = FetchResponse(sequenceNumber: 1)
        (fetch.uid, fetch.flags, fetch.modSeq) = (7, flags, modSeq)
        return Reply(completion: status, fetched: [fetch])
    }

    static func target(
        _ flags: Set<String> = [], _ modSeq: UInt64? = 9, _ scheme: MarkScheme = .test
    ) -> MarkTarget {
        MarkTarget(MessageFlags(uid: 7, flags: flags, modSeq: modSeq), scheme, numbersChanges: modSeq != nil)
    }
}

extension Reply {
    static func no(_ code: ResponseCode? = nil) -> Reply { Reply(completion: .no(code)) }
    static let bad = Reply(completion: .init(condition: .bad))
}
