/// When to log in again after a refused login. A pure value, one per mailbox, within its ``ReconnectPolicy``.
///
/// Who is refused for the credential stays away for long: servers lock accounts that are hammered, and a wrong password seldom fixes
/// itself. Who is refused for the server's state comes back as soon as the server likes.
struct LoginPolicy: Equatable, Sendable {
    enum Refusal: Equatable, Sendable {
        /// User or password.
        case credential
        /// An access token, which may only be stale.
        case token
        /// Nobody knows what.
        case unexplained
        /// The server has enough for now.
        case server(backOff: Duration?)
    }

    /// The login that the server took last, by its fingerprint.
    private var worked: Int?
    private var credentials = 0
    private var tokens = 0
    private var unexplained = 0
    private var serverStates = 0

    /// Whether the server took this very login before.
    func hasWorked(_ fingerprint: Int) -> Bool { worked == fingerprint }

    /// The server took this login.
    mutating func accepted(_ fingerprint: Int) {
        (worked, credentials, tokens, unexplained) = (fingerprint, 0, 0, 0)
    }

    /// A session was well for a while.
    mutating func wasSteady() { serverStates = 0 }

    /// `spread`, from 0 to 1, makes waits differ by a twentieth: never shorter than the server said.
    mutating func refused(_ refusal: Refusal, spread: Double) -> Retry {
        switch refusal {
        case .token where tokens == 0 && credentials == 0:
            // A helper gives a token that it keeps, and a new one when it is asked again.
            tokens = 1
            return Retry(delay: .zero)
        case .credential, .token:
            credentials = min(credentials + 1, 10)
            return Retry(
                delay: Self.minutes(min(5 << (credentials - 1), 60), spread), watchesCredential: true, isFailure: true)
        case .unexplained:
            unexplained = min(unexplained + 1, 10)
            return Retry(delay: Self.seconds([30, 60, 120, 300], unexplained, spread), watchesCredential: true)
        case .server(let backOff):
            serverStates = min(serverStates + 1, 10)
            let delay = backOff.map { min(max($0, .seconds(1)), .seconds(3600)) * (1 + spread / 20) }
            // Refused for the credential before, and now for having tried too often: no sooner for that.
            guard credentials == 0 else {
                let least = Self.minutes(5, spread)
                return Retry(delay: max(delay ?? least, least), watchesCredential: true)
            }
            let isTold = delay != nil
            return Retry(
                delay: delay ?? Self.seconds([30, 60, 120, 240, 300], serverStates, spread),
                claimInterval: isTold ? nil : Retry.claimInterval)
        }
    }

    private static func minutes(_ count: Int, _ spread: Double) -> Duration {
        .seconds(Double(count * 60) * (1 + spread / 20))
    }

    /// The last of them from then on.
    private static func seconds(_ waits: [Double], _ count: Int, _ spread: Double) -> Duration {
        .seconds(waits[min(count, waits.count) - 1] * (1 + spread / 20))
    }
}

extension IMAPError {
    /// What of a login was refused, where that is what happened.
    var loginRefusal: LoginPolicy.Refusal? {
        switch self {
        case .loginRefused: .credential
        case .tokenRefused: .token
        case .loginUnexplained, .authenticatedNotConnected: .unexplained
        case .tooManyConnections(let backOff), .throttled(let backOff): .server(backOff: backOff)
        // By a code (RFC 5530) it passes as quickly as an outage. In words it is what servers say to those who come too often.
        case .loginUnavailable(code: nil): .server(backOff: nil)
        default: nil
        }
    }
}
