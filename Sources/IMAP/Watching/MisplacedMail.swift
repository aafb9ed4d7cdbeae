/// Mail from the sender in a mailbox of the account other than the watched one.
public struct MisplacedMail: Equatable, Sendable {
    /// Its mailbox, as people write it: printable, at most 200 bytes.
    public let mailbox: String
    /// How many the search found.
    public let count: Int

    /// No more mailboxes than that are searched.
    static let mostSearched = 12
    /// Nor for longer, however many there are.
    static let longest: Duration = .seconds(8)

    /// Names by which servers without SPECIAL-USE call the one for junk.
    private static let junkNames: Set<String> = [
        "junk", "spam", "junk e-mail", "junk email", "junk mail", "bulk", "bulk mail", "迷惑メール", "迷惑メールフォルダ", "スパム",
    ]

    /// Which are searched, in this order: what is for junk first (RFC 6154, `\Junk`, or by its name), what was thrown away last. Not those
    /// that show mail of others (`\All`, `\Flagged`), nor what the account has written itself.
    ///
    /// - Parameter names: those that are left out.
    static func order(_ listed: [ListedMailbox], without names: [String]) -> [ListedMailbox] {
        func rank(_ mailbox: ListedMailbox) -> Int? {
            if !mailbox.attributes.isDisjoint(with: ["\\all", "\\flagged", "\\important", "\\sent", "\\drafts"]) {
                return nil
            }
            if mailbox.attributes.contains("\\junk") { return 0 }
            let last = ModifiedUTF7.decode(mailbox.name).split { $0 == "/" || $0 == "." }.last
            if let last, junkNames.contains(last.lowercased()) { return 1 }
            return mailbox.attributes.contains("\\trash") ? 3 : 2
        }
        let ranked = listed.compactMap { mailbox -> (rank: Int, mailbox: ListedMailbox)? in
            let isLeftOut = names.contains { name in
                mailbox.isCalled(name) || name.uppercased() == "INBOX" && mailbox.name.elementsEqual("INBOX".utf8)
            }
            guard !isLeftOut, mailbox.isSelectable, let rank = rank(mailbox) else { return nil }
            return (rank, mailbox)
        }
        return (0...3).flatMap { rank in ranked.filter { $0.rank == rank }.map(\.mailbox) }.prefix(mostSearched).map {
            $0
        }
    }
}

extension Session {
    /// The first mailbox, in ``MisplacedMail/order(_:without:)``, that has mail of the sender's: by EXAMINE and UID SEARCH, so that nothing
    /// is written. Nil where none is found in time.
    ///
    /// - Parameters:
    ///   - since: seconds since 1970.
    ///   - names: mailboxes where it is not looked.
    func misplacedMail(from sender: String, since: Double, without names: [String]) throws(IMAPError) -> MisplacedMail?
    {
        let end = Deadline.after(MisplacedMail.longest)
        let listed = try list(offers("SPECIAL-USE") ? .listSpecialUse : .list)
        for mailbox in MisplacedMail.order(listed, without: names) {
            guard !end.hasPassed else { return nil }
            guard try examine(MailboxName(mailbox)) else { continue }
            var found = Set<UInt32>()
            let status = try execute(.uidSearch(from: sender, since: since)) {
                if case .search(let uids) = $0 { found.formUnion(uids) }
            }
            if status.condition == .ok, !found.isEmpty {
                return MisplacedMail(mailbox: mailbox.shownName(atMost: 200) ?? "?", count: found.count)
            }
        }
        return nil
    }
}
