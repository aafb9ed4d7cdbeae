/// What the log calls its events. What they mean to an operator is in systemd/secom-otpd.catalog, under their IDs.
enum EventName: String, CaseIterable {
    case started
    case reloaded
    case reloadIncomplete = "reload-incomplete"
    case reloadRefused = "reload-refused"
    case stopping
    case mailboxWatching = "mailbox-watching"
    case mailboxReadOnly = "mailbox-read-only"
    case mailboxRefusal = "mailbox-refusal"
    case mailboxThrottled = "mailbox-throttled"
    case mailboxInterrupted = "mailbox-interrupted"
    case marksNotKept = "marks-not-kept"
    case responseNotUnderstood = "response-not-understood"
    case password
    case passwordForgotten = "password-forgotten"
    case settlementRefused = "settlement-refused"
    case memoryNotKept = "memory-not-kept"
    case workerUnreachable = "worker-unreachable"
    case workerReachable = "worker-reachable"
    case workerDelivered = "worker-delivered"
    case workerSilent = "worker-silent"
    case workerBroken = "worker-broken"
    case fewDescriptors = "few-descriptors"
    case logLinesLost = "log-lines-lost"
    case mailboxThreadHangs = "mailbox-thread-hangs"

    /// The event's MESSAGE_ID= in the journal, systemd.journal-fields(7). Once given out it never changes: people ask by it.
    var id: String {
        switch self {
        case .started: "3519b4aebd894494a56725a9be4b2a1c"
        case .reloaded: "006810a942a44d889b77da04166ca536"
        case .reloadIncomplete: "34e02b04eb494cb5803fa0c3672872f5"
        case .reloadRefused: "905472b1b9c1440992cf5d874c38c660"
        case .stopping: "c2be42d96ab347ef86fb3c3cfe2ac553"
        case .mailboxWatching: "cdfa8ae12a034521adc776b6610dcf03"
        case .mailboxReadOnly: "385b786aa24245b1b74ab77442305c31"
        case .mailboxRefusal: "3b12dd0738c44ea68b947caff8bec2a0"
        case .mailboxThrottled: "7af04721f4ec454091e650480bfae5aa"
        case .mailboxInterrupted: "a86397e62a6d489f99ac0c9cf3471e2e"
        case .marksNotKept: "1e3aca760def450a967f23c5f5132a2e"
        case .responseNotUnderstood: "b889c245a14247e295f0778eb472d922"
        case .password: "414cc466c3344bfbb1cd1b6eda024033"
        case .passwordForgotten: "beae5197bd244fd2befcbee19acdb573"
        case .settlementRefused: "e04743a06cc14ce593e6898cf12b2ba0"
        case .memoryNotKept: "d74224f48a4b4e8aaae8d366f3ad5421"
        case .workerUnreachable: "4d3482ff58d34071afa06fc647a99bfe"
        case .workerReachable: "98d864c8ae074e7286235e19c5800bcc"
        case .workerDelivered: "21702e4f3012417c9bf6b12acea5669f"
        case .workerSilent: "38e9e1bebbd043bcb30727ef0661da02"
        case .workerBroken: "0092b173df8f46bdad60431fd71d236c"
        case .fewDescriptors: "730eebb396bb40af968c943e09a3bc00"
        case .logLinesLost: "5d42a6894d894f00a4186d17470d0682"
        case .mailboxThreadHangs: "83a411cc6fed4a9fa93da6ce2164b2ef"
        }
    }
}
