import Messages

extension CheckReport {
    /// What concerns no mailbox alone.
    mutating func configuration(_ configuration: Configuration) {
        sharedAccounts(configuration.mailboxes)
        openSecrets(configuration.mailboxes)
        linkRewriters(in: configuration.rules.loginHosts)
    }

    /// Each mailbox holds a connection, and servers limit those of one account: Dovecot to 10 from one address, Gmail to 15.
    private mutating func sharedAccounts(_ mailboxes: [Configuration.Mailbox]) {
        let accounts = Dictionary(grouping: mailboxes) { "\($0.user) at \($0.endpoint.name)" }
        for (account, mailboxes) in accounts.sorted(by: { $0.key < $1.key }) where mailboxes.count >= 8 {
            let count = mailboxes.count
            note(
                "connections",
                "\(count) at once for \(account): many servers allow 10 per account and address, and other programs need some too; Dovecot: mail_max_userip_connections"
            )
        }
    }
}
