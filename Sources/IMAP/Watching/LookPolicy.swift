/// When repeated checks of a mailbox, each with its own login, may log in again after a refusal: when a watch
/// would. A pure value, one per mailbox.
public struct LookPolicy: Equatable, Sendable {
    private var login = LoginPolicy()

    public init() {}

    /// A check has ended so: nil, it came to its end. Returns for how long no other login is tried; nil where nothing speaks against one.
    public mutating func ended(_ error: IMAPError?) -> Duration? {
        guard let refusal = error?.loginRefusal else {
            if error == nil { login = LoginPolicy() }
            return nil
        }
        let retry = login.refused(refusal, spread: 0)
        // A stale token was requested again within the check: it was the new one that was refused.
        return retry.delay > .zero ? retry.delay : login.refused(refusal, spread: 0).delay
    }
}
