/// Everything that a command's answer reported.
struct Reply: Equatable, Sendable {
    var completion = StatusResponse.ok
    var status = MailboxStatusItems()
    var fetched: [FetchResponse] = []
    var found: [UInt32] = []

    /// Takes an untagged response that belongs to the command.
    mutating func add(_ response: Response) {
        switch response {
        case .fetch(let fetch):
            if let index = fetched.lastIndex(where: { $0.sequenceNumber == fetch.sequenceNumber }),
                fetch.uid == nil || fetched[index].uid == nil || fetched[index].uid == fetch.uid
            {
                fetched[index].merge(fetch)
            } else {
                fetched.append(fetch)
            }
        case .mailboxStatus(let items): status = items
        case .search(let numbers): found += numbers
        default: break
        }
    }

    var isRefused: Bool { completion.condition != .ok }

    /// Whether something was told of the message with this sequence number.
    func hasMessage(_ number: UInt32) -> Bool { fetched.contains { $0.sequenceNumber == number } }
}
