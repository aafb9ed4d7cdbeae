extension Response {
    /// The response in the one form in which libetpan sees it: what was understood, as the RFCs write it, and not a byte of the
    /// server's beside. Empty for what libetpan need not know.
    ///
    /// A message is none of its business: the FETCH that carried one tells only that there was one.
    var canonical: [UInt8] {
        switch self {
        case .greeting(let status): Self.line("* \(status.condition.rawValue) -")
        case .continuation(let challenge): Self.line("+ \(challenge ?? "go on")")
        case .tagged(let tag, let status): Self.line("\(tag) \(status.canonical)")
        case .status(let status): Self.line("* \(status.canonical)")
        case .capability(let words):
            words.isEmpty ? [] : Self.line("* CAPABILITY \(words.sorted().joined(separator: " "))")
        case .search(let numbers): Self.line("* SEARCH" + numbers.map { " \($0)" }.joined())
        case .exists(let number): Self.line("* \(number) EXISTS")
        case .expunge(let number): Self.line("* \(number) EXPUNGE")
        case .fetch(let fetch): fetch.uid.map { Self.line("* \(fetch.sequenceNumber) FETCH (UID \($0))") } ?? []
        case .list, .mailboxStatus, .rights, .other: []
        }
    }

    private static func line(_ text: String) -> [UInt8] { Array("\(text)\r\n".utf8) }
}

extension StatusResponse {
    /// Without the codes that only we read; a text there must be.
    fileprivate var canonical: String {
        switch code {
        case .plain(let name) where name != "ALERT": "\(condition.rawValue) [\(name)] -"
        default: "\(condition.rawValue) -"
        }
    }
}
