import FoundationEssentials
import IMAP
import Ledger
import Recognition

/// From the bytes that the mailbox fetched to the verdict of the rules. On the mailbox's own thread.
enum MailReading {
    /// What a message is, as far as it was fetched.
    static func read(_ message: FetchedMessage, _ rules: RecognitionRules) -> Interest<Recognition> {
        let recognition = Recognition(
            of: message.bytes, internalDate: message.internalDate.map { Date(timeIntervalSince1970: Double($0)) },
            isTruncated: message.isTruncated, rules: rules)
        if recognition.needsMore, !message.isAllThereIs { return .whole }
        return recognition.refusal?.reason == .wrongSender ? .none : .keep(recognition)
    }

    /// The same in the daemon: a mail that killed it is refused unread.
    static func read(
        _ message: FetchedMessage, _ id: PasswordID, _ rules: RecognitionRules, _ poison: PoisonMessages?
    ) -> Interest<Recognition> {
        guard let poison else { return read(message, rules) }
        if poison.isPoison(id.description) {
            return .keep(Recognition(refused: Refusal(.malformed, "reading it has crashed the daemon before")))
        }
        return poison.reading(id.description) { read(message, rules) }
    }
}

extension PasswordID {
    init(mailbox: String, _ message: FetchedMessage) {
        self.init(mailbox: mailbox, uidValidity: message.uidValidity, uid: message.flags.uid)
    }
}
