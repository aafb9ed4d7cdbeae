import IMAP

extension MailboxSettings {
    /// As the configuration has them.
    ///
    /// - Parameter halt: ends the wait for a credential command.
    init(_ mailbox: Configuration.Mailbox, _ configuration: Configuration, halt: Halt = Halt()) {
        let login = mailbox.login
        self.init(
            name: mailbox.name, endpoint: mailbox.endpoint, user: mailbox.user,
            credential: { () throws(CredentialError) in try login.credential(halt) },
            credentialStamp: { login.stamp }, folder: mailbox.folder, poll: mailbox.poll, eagerPoll: mailbox.eagerPoll,
            sender: configuration.rules.from, lookBack: configuration.rules.validFor,
            isWritable: configuration.claimMark == .mailbox, marks: .contract)
    }
}
