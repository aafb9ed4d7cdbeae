/// A password's state, as shown in Status.
public enum PasswordState: String, CaseIterable, Sendable {
    case available, claimed, inDoubt, used, rejected, expired, refused
}
