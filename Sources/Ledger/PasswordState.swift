/// A password's state, as Status tells it.
public enum PasswordState: String, CaseIterable, Sendable {
    case available, claimed, inDoubt, used, rejected, expired, refused
}
