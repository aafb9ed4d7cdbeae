import FoundationEssentials
import MIME
import Messages
import Secrets

/// The reading of one mail: whether it is the one with the password, and if not, which rule decided.
///
/// A pure function of its arguments. Takes time linear in the message's size, and memory in proportion to it.
public struct Recognition: Sendable {
    /// What the mail is.
    public enum Verdict: Sendable {
        case accepted(OneTimePassword)
        case refused(Refusal)
    }

    public let verdict: Verdict
    /// The address the mail was sent to: the first in To, else the topmost Delivered-To, X-Original-To, Envelope-To.
    /// Printable ASCII, at most 254 bytes.
    public let recipient: String?
    /// The earlier of Date and INTERNALDATE; a Date that is missing, unreadable or later than INTERNALDATE does not
    /// count. Nil only where there is neither.
    public let issuedAt: Date?
    /// `issuedAt` plus `valid_for`.
    public let expiresAt: Date?
    /// Whether the message was cut before it could be decided: read again with all of it. The verdict is a refusal then.
    public let needsMore: Bool
    /// The lines around the labels with every secret blanked, where the text was refused: for `explain`.
    public let shape: String?

    /// The refusal, if it is one.
    public var refusal: Refusal? {
        guard case .refused(let refusal) = verdict else { return nil }
        return refusal
    }

    /// - Parameters:
    ///   - message: the raw bytes of the mail (RFC 5322), hostile.
    ///   - internalDate: when the mailbox got it (RFC 3501, 2.3.3); a file has none.
    ///   - isTruncated: whether bytes are missing at the end.
    public init(of message: [UInt8], internalDate: Date?, isTruncated: Bool = false, rules: RecognitionRules) {
        self.init(of: message[...], internalDate: internalDate, isTruncated: isTruncated, rules: rules)
    }

    /// A mail that is refused unread.
    public init(refused refusal: Refusal) {
        verdict = .refused(refusal)
        (recipient, issuedAt, expiresAt, needsMore, shape) = (nil, nil, nil, false, nil)
    }

    /// The same for a stretch of a larger buffer.
    public init(of message: ArraySlice<UInt8>, internalDate: Date?, isTruncated: Bool = false, rules: RecognitionRules)
    {
        let limits = Limits()
        var envelope = Envelope(rules: rules)
        let entity = Entity(message, limits: limits) { envelope.read($0) }
        var date = envelope.date
        if let sent = date, let internalDate, sent > internalDate { date = nil }
        issuedAt = date ?? internalDate
        expiresAt = issuedAt.map {
            $0.addingTimeInterval(
                Double(rules.validFor.components.seconds) + Double(rules.validFor.components.attoseconds) / 1e18)
        }
        recipient = envelope.recipient
        var letter = Letter(rules: rules, limits: limits)
        do throws(Refusal) {
            try Self.checkHeader(
                envelope, entity,
                HeaderReadings(message, headerLength: entity.headerLength, hasOtherLines: entity.hasOtherLines),
                isTooLarge: message.count > limits.message, isTruncated: isTruncated)
            let parts = try letter.parts(of: entity)
            try Self.checkAuthentication(envelope, rules)
            try Self.checkSubject(envelope, rules)
            let (password, url) = try letter.read(parts)
            if isTruncated {
                throw Refusal(
                    .malformed, "the message was truncated, and the missing part might contain another password")
            }
            needsMore = false
            shape = nil
            verdict = .accepted(
                OneTimePassword(
                    password: password, loginURL: url, recipient: recipient, issuedAt: issuedAt,
                    expiresAt: expiresAt))
        } catch {
            verdict = .refused(error)
            shape = letter.shape
            needsMore = isTruncated && Self.mightChange(error, envelope, entity, letter)
        }
    }

    private static func checkHeader(
        _ envelope: Envelope, _ entity: Entity, _ readings: HeaderReadings, isTooLarge: Bool, isTruncated: Bool
    ) throws(Refusal) {
        // Nobody else's mail is listed, however broken it is.
        guard envelope.namesSender else { throw Refusal(.wrongSender, "From does not contain the sender's address") }
        if isTooLarge { throw Refusal(malformed: .messageTooLarge) }
        if let fault = entity.fault { throw Refusal(malformed: fault) }
        for (count, name) in [
            (envelope.fromCount, "From"), (envelope.subjectCount, "Subject"), (envelope.dateCount, "Date"),
        ]
        where count > 1 {
            throw Refusal(.malformed, "the header has \(count) \(name) fields")
        }
        guard readings.agree else {
            throw Refusal(
                .malformed,
                "another mail reader might see different lines in the header: it contains a NUL, an unusual line ending, or a line that is not a field before From, Subject, Date or Authentication-Results"
            )
        }
        guard envelope.isFromSender else {
            throw Refusal(
                .wrongSender,
                "From contains more than just the sender's address, or contains it in a way that another mail reader might not see"
            )
        }
        if isTruncated, !entity.isHeaderComplete {
            throw Refusal(.malformed, "the message was truncated within its header")
        }
    }

    private static func checkAuthentication(_ envelope: Envelope, _ rules: RecognitionRules) throws(Refusal) {
        guard !rules.requireAuthentication.isEmpty else { return }
        guard let results = envelope.authenticationResults, let author = envelope.author else {
            throw Refusal(.senderNotAuthenticated, envelope.missingAuthenticationResults)
        }
        guard results.hasPassed(rules.requireAuthentication, for: author.domain) else {
            let methods = Text.alternatives(rules.requireAuthentication.map { Text(verbatim: $0.rawValue) })
            throw Refusal(
                .senderNotAuthenticated, "no \(methods) pass for \(shown(author.domain)) in Authentication-Results")
        }
    }

    private static func checkSubject(_ envelope: Envelope, _ rules: RecognitionRules) throws(Refusal) {
        guard let subject = envelope.subject else { throw Refusal(.wrongSubject, "there is no Subject") }
        guard Subject.matches(subject, rules: rules) else {
            throw Refusal(
                .wrongSubject, "the subject is \"\(shown(Width.folded(HeaderText.decode(subject.prefix(4096))[...])))\""
            )
        }
    }

    /// Whether bytes that are missing could change a refusal into something else.
    private static func mightChange(_ refusal: Refusal, _ envelope: Envelope, _ entity: Entity, _ letter: Letter)
        -> Bool
    {
        switch refusal.reason {
        case .wrongSender: envelope.fromCount == 0 && !entity.isHeaderComplete
        case .malformed:
            (letter.fault == nil || letter.fault == .multipartWithoutBoundary) && entity.fault == nil
                && envelope.isUnambiguous
        case .senderNotAuthenticated, .wrongSubject: !entity.isHeaderComplete
        // Whatever the text seems to say, the cut may have gone through it.
        default: true
        }
    }
}

extension Refusal {
    /// A bound that was passed, for an operator.
    init(malformed fault: MalformedMessage) {
        let detail =
            switch fault {
            case .messageTooLarge: Text("the message is too large")
            case .tooManyHeaderFields: Text("the header has too many fields")
            case .headerTooLarge: Text("the header is too large")
            case .nestedTooDeep: Text("the parts are nested too deeply")
            case .tooManyParts: Text("there are too many parts")
            case .tooMuchText: Text("there is too much text")
            case .tooManyLinks: Text("the HTML has too many links")
            case .multipartWithoutBoundary: Text("a multipart has no usable boundary")
            }
        self.init(.malformed, detail)
    }
}
