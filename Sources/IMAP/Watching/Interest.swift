/// A reader's verdict on a message.
public enum Interest<Reading: Sendable>: Sendable {
    /// Nobody's business.
    case none
    /// Undecided: show the whole message.
    case whole
    case keep(Reading)
}
