/// When somebody who looks at a mailbox now and then, each time with a login of its own, may log in again after a refusal: when a watch
/// would. A pure value, one a mailbox.
public struct LookPolicy: Equatable, Sendable {
    private var login = LoginPolicy()

    public init() {}

    /// A look has ended so: nil, it came to its end. Returns for how long no other login is tried; nil where nothing speaks against one.
    public mutating func ended(_ error: IMAPError?) -> Duration? {
        guard let refusal = error?.loginRefusal else {
            if error == nil { login = LoginPolicy() }
            return nil
        }
        let retry = login.refused(refusal, spread: 0)
        // A stale token was asked for anew within the look: it was the new one that was refused.
        return retry.delay > .zero ? retry.delay : login.refused(refusal, spread: 0).delay
    }
}
