extension Session {
    /// SELECT, or EXAMINE where nothing will be written. A name that the server does not know is looked for among those that it lists:
    /// composed or decomposed, or in modified UTF-7, as other programs show it.
    func select(_ name: String, readOnly: Bool) throws(IMAPError) -> SelectedMailbox {
        guard let mailbox = MailboxName(name) else { throw .mailbox(name: "(contains a line break)", code: nil) }
        var (selected, status) = try open(mailbox, readOnly)
        if status.condition != .ok, let error = status.stateError { throw error }
        if status.isUnexplained, let other = openDifferently(mailbox, readOnly) { (selected, status) = (other, .ok) }
        if status.condition == .no {
            // Where that fails, the refusal is what counts.
            let listed = (try? list()) ?? []
            guard let other = listed.first(where: { $0.isCalled(name) && MailboxName($0) != mailbox }) else {
                throw .mailbox(name: name, code: status.code?.name, similar: Self.similar(to: name, among: listed))
            }
            let again = try open(MailboxName(other), readOnly)
            guard again.status.condition == .ok else { throw .mailbox(name: name, code: again.status.code?.name) }
            selected = again.selected
        } else if status.condition != .ok {
            throw .refused(readOnly ? .examine : .select, code: status.code?.name)
        }
        guard selected.uidValidity > 0 else { throw .noUIDValidity(name: name) }
        return selected
    }

    /// What a refusal for no reason may be for: CONDSTORE, which a proxy offers in its server's stead, or the lack of an ID, without
    /// which some providers open nothing (NetEase: "Unsafe Login"). Nil where it is refused all the same: the first refusal counts then.
    private func openDifferently(_ mailbox: MailboxName, _ readOnly: Bool) -> SelectedMailbox? {
        if offers("CONDSTORE"), let again = try? open(mailbox, readOnly, numbersChanges: false),
            again.status.condition == .ok
        {
            return again.selected
        }
        if offers("ID"), (try? execute(.id)) != nil, let again = try? open(mailbox, readOnly),
            again.status.condition == .ok
        {
            return again.selected
        }
        return nil
    }

    private func open(_ mailbox: MailboxName, _ readOnly: Bool, numbersChanges: Bool = true) throws(IMAPError) -> (
        selected: SelectedMailbox, status: StatusResponse
    ) {
        var selected = SelectedMailbox(name: mailbox, isReadOnly: readOnly)
        let command: CommandName = readOnly ? .examine : .select
        let parameters = numbersChanges && offers("CONDSTORE") ? " (CONDSTORE)" : ""
        let status = try execute(Command(name: command, text: "\(command.rawValue) \(mailbox.quoted)\(parameters)")) {
            selected.add($0)
        }
        if readOnly { selected.isReadOnly = true }
        if parameters.isEmpty { selected.numbersChanges = false }
        return (selected, status)
    }

    /// EXAMINE (RFC 3501, section 6.3.2): whether it could be opened.
    func examine(_ mailbox: MailboxName) throws(IMAPError) -> Bool {
        try open(mailbox, true).status.condition == .ok
    }

    /// What can be opened. Nothing where the server does not say.
    func list(_ command: Command = .list) throws(IMAPError) -> [ListedMailbox] {
        var listed: [ListedMailbox] = []
        _ = try execute(command) { response in
            if case .list(let mailbox) = response, mailbox.isSelectable, listed.count < 10_000 {
                listed.append(mailbox)
            }
        }
        return listed
    }

    /// Names for a person to choose from: those that hold a part of the one that was looked for, or else the first ones.
    static func similar(to name: String, among listed: [ListedMailbox]) -> [String] {
        let last = name.split { $0 == "/" || $0 == "." }.last.map { $0.lowercased() } ?? name
        let names = listed.compactMap { $0.shownName(atMost: 50) }
        let near = names.filter { $0.lowercased().contains(last) }
        return Array((near.isEmpty ? names : near).prefix(3))
    }
}

extension ListedMailbox {
    /// Whether it is called so, however it is composed or encoded.
    func isCalled(_ wanted: String) -> Bool {
        // Strings are equal where they are canonically equivalent.
        let own = ModifiedUTF7.decode(name)
        return own == wanted || own == ModifiedUTF7.decode(Array(wanted.utf8))
    }

    /// As people write it; nil where it has more bytes, or what moves a cursor or turns the direction of writing.
    func shownName(atMost bound: Int) -> String? {
        let name = ModifiedUTF7.decode(name)
        let isPlain = name.unicodeScalars.allSatisfy {
            ![.control, .format, .lineSeparator, .paragraphSeparator].contains($0.properties.generalCategory)
        }
        return isPlain && name.utf8.count <= bound ? name : nil
    }
}
