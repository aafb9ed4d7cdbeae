/// A password and the claim that it was given for.
public struct ClaimedPassword: Sendable {
    public let password: Password
    let claimant: UInt64
}
