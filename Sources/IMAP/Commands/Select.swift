extension Session {
    /// SELECT, or EXAMINE where nothing will be written.
    func select(_ name: String, readOnly: Bool) throws(IMAPError) -> SelectedMailbox {
        guard let mailbox = MailboxName(name) else { throw .mailbox(name: "(with a line end)", code: nil) }
        var selected = SelectedMailbox(isReadOnly: readOnly)
        let command: CommandName = readOnly ? .examine : .select
        let parameters = offers("CONDSTORE") ? " (CONDSTORE)" : ""
        let status = try send(Command(name: command, text: "\(command.rawValue) \(mailbox.quoted)\(parameters)")) {
            selected.add($0)
        }
        if readOnly { selected.isReadOnly = true }
        if parameters.isEmpty { selected.numbersChanges = false }
        guard status.condition == .ok else {
            if status.condition == .no { throw .mailbox(name: name, code: status.code?.name) }
            throw .refused(command, code: status.code?.name)
        }
        guard selected.uidValidity > 0 else { throw .noUIDValidity(name: name) }
        return selected
    }
}
