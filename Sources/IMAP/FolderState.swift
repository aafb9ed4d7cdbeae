/// What untagged responses tell of the open folder, kept until somebody looks (RFC 3501, section 7).
final class FolderState {
    /// Number of messages.
    private(set) var exists: UInt32 = 0
    /// Number of those that were looked at: the first ones, since new messages come last.
    private(set) var seen: UInt32 = 0
    /// Somebody else changed flags or removed messages, and did not say enough of it.
    var hasChanges = false
    /// The code of a BYE, or "BYE".
    private(set) var byeCode: String?
    /// The folder can only be read.
    private(set) var isReadOnly = false
    /// What the server calls itself (RFC 2971).
    private(set) var serverName: String?
    /// The last tagged response.
    var tagged: (tag: Int32, completion: Session.Completion)?

    /// Messages that the server told of and nobody has looked at.
    var announced: UInt32 { exists > seen ? exists - seen : 0 }

    /// So many of the announced ones were looked at.
    func looked(at count: Int) { seen += min(announced, UInt32(clamping: max(count, 0))) }

    /// All were.
    func lookedAtAll() { seen = exists }

    func observe(_ response: VettedResponse) {
        switch response.kind {
        case .exists(let number):
            exists = number
            seen = min(seen, number)
        case .expunge(let number):
            if exists > 0 { exists -= 1 }
            if number <= seen { seen -= 1 }
            hasChanges = true
        // Without a UID, or of one that nobody asked for.
        case .fetch(uid: nil): hasChanges = true
        case .id(let name): serverName = name
        case .status(.bye): byeCode = response.code ?? "BYE"
        case .tagged(let tag, let condition):
            tagged = (tag, Session.Completion(condition: condition, code: response.code))
            if response.code == "READ-ONLY" { isReadOnly = true }
            if response.code == "READ-WRITE" { isReadOnly = false }
        case .fetch, .greeting, .continuation, .recent, .status, .data, .unknown: break
        }
    }
}
