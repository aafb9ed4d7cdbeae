import Secrets

/// What becomes of messages that were fetched or pushed: with the reader, of use, too old or irrelevant. A pure value.
struct Intake: Sendable {
    let uidValidity: UInt32
    /// How far back a mail is still of use, in seconds.
    let lookBack: Double
    var memory: MailboxMemory
    /// Messages are with the reader.
    private(set) var isReading = false
    /// A message came without a MODSEQ (RFC 7162): a claim of it cannot be made conditionally.
    private(set) var lacksModSeq = false

    /// It was asked for, and not told.
    mutating func numberIsMissing() { lacksModSeq = true }

    func isNew(_ fetch: FetchResponse) -> Bool { fetch.uid.map(memory.isNew) ?? false }

    /// Whether it came after all that were seen.
    func isArrival(_ fetch: FetchResponse) -> Bool { isNew(fetch) && (fetch.uid ?? 0) >= memory.nextUID }

    /// Takes messages in, and returns those that are to be read. What came without its flags, or empty, is neither read nor forgotten.
    ///
    /// - Parameter bound: so many bytes were asked for of each.
    mutating func take(_ fetched: [FetchResponse], bound: Int, wall: Double) -> [FetchedMessage] {
        var messages: [FetchedMessage] = []
        for fetch in fetched {
            guard fetch.isWhole, let flags = fetch.messageFlags, let bytes = fetch.body else {
                fetch.wipe()
                continue
            }
            memory.passed(flags.uid)
            // Reported once, and not watched.
            let isTooOld = fetch.internalDate.map { Double($0) < wall - lookBack } ?? false
            if isTooOld { memory.ignoreAsTooOld(flags.uid) } else if flags.modSeq == nil { lacksModSeq = true }
            // Cut or not is told by what came: the size that a server tells may be an estimate.
            messages.append(
                FetchedMessage(
                    flags: flags, uidValidity: uidValidity, identity: fetch.identity, bytes: bytes,
                    isTruncated: bytes.count >= bound, isAllThereIs: bound == WatchState.wholeBound, isTooOld: isTooOld)
            )
        }
        isReading = !messages.isEmpty
        return messages
    }

    /// The messages are read. Returns those of which all is wanted, and whether any is of use.
    mutating func judged(_ judgements: [Judgement], wall: Double) -> (wholes: [UInt32], hasKept: Bool) {
        isReading = false
        var wholes: [UInt32] = []
        var hasKept = false
        for judgement in judgements {
            switch judgement.verdict {
            case .none: memory.ignore(judgement.flags.uid)
            case .whole: wholes.append(judgement.flags.uid)
            case .keep where memory.isTooOld(judgement.flags.uid): break
            case .keep:
                memory.keep(
                    judgement.flags, judgement.identity,
                    until: (judgement.identity.internalDate.map(Double.init) ?? wall) + lookBack)
                hasKept = true
            }
        }
        return (wholes, hasKept)
    }
}

extension FetchResponse {
    /// Overwrites the message's bytes, for everybody who has them.
    func wipe() { body?.wipeForAll() }

    /// All that a message is read by is there. An empty body is none: a server may tell of a message that it cannot show yet.
    var isWhole: Bool { messageFlags != nil && body?.isEmpty == false }

    var identity: MessageIdentity { MessageIdentity(internalDate: internalDate, size: size) }

    /// Nil where the flags, or whose they are, were not told.
    var messageFlags: MessageFlags? {
        guard let uid, let flags else { return nil }
        return MessageFlags(uid: uid, flags: flags, modSeq: modSeq)
    }
}
