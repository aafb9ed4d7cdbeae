/// The interface as users were promised it: nothing of this may be taken away.
enum Contract {
    static let password =
        "(id: string, mailbox: string, recipient: ?string, password: string, loginURL: string, issuedAt: string, expiresAt: string)"

    static let handoff = """
        interface org.secom-otpd.Handoff
        type OneTimePassword \(password)
        type Outcome (used, rejected, unused)
        method Claim(mailbox: ?string, recipient: ?string, issuedAfter: ?string, waitSeconds: ?int, includeInDoubt: ?bool, language: ?string) -> (oneTimePassword: OneTimePassword)
        method Settle(id: string, outcome: Outcome, language: ?string) -> ()
        type MailboxStatus (name: string, state: (connecting, watching, retrying, failed), arrival: ?(notify, idle, poll), claims: ?(exclusive, marked, memory),
          lastRoundTripAt: ?string, lastArrivalAt: ?string, nextAttemptAt: ?string, reconnects: int, error: ?string, advice: ?string)
        type PasswordStatus (id: string, mailbox: string, recipient: ?string, state: (available, claimed, inDoubt, used, rejected, expired, refused), reason: ?string, issuedAt: ?string, expiresAt: ?string)
        method Check(mailbox: ?string, language: ?string) -> (lines: []string, ok: bool)
        method Status(language: ?string) -> (version: string, mailboxes: []MailboxStatus, passwords: []PasswordStatus)
        error NoPassword ()
        error UnknownMailbox (mailbox: string)
        error NotClaimed (id: string)
        error MarkFailed (reason: string)
        error Busy ()
        """

    static let worker = """
        interface org.secom-otpd.Worker
        type OneTimePassword \(password)
        type Outcome (used, rejected, unused)
        method Deliver(oneTimePassword: OneTimePassword) -> (outcome: Outcome)
        """
}
