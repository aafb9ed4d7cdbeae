/// One mailbox to be watched.
public struct MailboxSettings: Sendable {
    /// The operator's name for it.
    public var name: String
    /// Where the server is.
    public var endpoint: Endpoint
    /// Who logs in there.
    public var user: String
    /// Asked for the password or token at each login, on the mailbox's thread, which it may block for some seconds. Its
    /// error goes into the log and Status: it must hold no secret.
    public var credential: @Sendable () throws(CredentialError) -> Credential
    /// Changes when the credential is another: what its file looks like from outside. Empty where that cannot be told. Asked for every few
    /// seconds while the server refuses it, on the mailbox's thread.
    public var credentialStamp: @Sendable () -> [Int]
    /// The name of its mailbox on the server, as people write it.
    public var folder: String
    /// Between two polls where the server can push nothing.
    public var poll: Duration
    /// Between two polls while somebody waits; zero turns them off.
    public var eagerPoll: Duration
    /// Whose mails are looked for after a gap. ASCII.
    public var sender: String
    /// How far back a mail is still of use.
    public var lookBack: Duration
    /// False: the mailbox is never written to.
    public var isWritable: Bool
    /// The keywords that its marks are made of, where the mailbox keeps any.
    public var marks: MarkNames

    /// What has a default is as in the configuration by default.
    public init(
        name: String, endpoint: Endpoint, user: String,
        credential: @escaping @Sendable () throws(CredentialError) -> Credential,
        credentialStamp: @escaping @Sendable () -> [Int] = { [] }, folder: String = "INBOX",
        poll: Duration = .seconds(60), eagerPoll: Duration = .milliseconds(250), sender: String,
        lookBack: Duration = .seconds(86_400), isWritable: Bool = true, marks: MarkNames
    ) {
        self.name = name
        self.endpoint = endpoint
        self.user = user
        self.credential = credential
        self.credentialStamp = credentialStamp
        self.folder = folder
        self.poll = poll
        self.eagerPoll = eagerPoll
        self.sender = sender
        self.lookBack = lookBack
        self.isWritable = isWritable
        self.marks = marks
    }

    /// Those that we set, as we spell them.
    var keywords: [String] { marks.all + [HabitProbe.keyword] }
}
