import FoundationEssentials
import Varlink

/// Where the password comes from, and where its outcome is reported.
protocol PasswordDesk: Sendable {
    /// Called before a password is requested: why none could be claimed; nil: one can.
    func absence() async -> Ending?
    /// Waits for a password.
    ///
    /// - Parameter issuedAfter: an earlier password is not meant.
    func claim(issuedAfter: Date) async -> Result<Password, Ending>
    /// Reports the outcome; nil: the password is left in doubt. Returns what went wrong in reporting it; nil: nothing.
    func settle(_ outcome: Procedure.Outcome?) async -> String?
}

/// A claimed password: nobody else gets it until it is settled.
struct Password: Sendable {
    /// Identifies the mail. Not a secret.
    let id: String
    let loginURL: String
    let password: String

    /// Reads `OneTimePassword` of the Varlink interfaces; nil if something is missing.
    init?(_ json: JSON.Object) {
        guard let id = json["id"]?.string, let url = json["loginURL"]?.string, let password = json["password"]?.string
        else {
            return nil
        }
        (self.id, loginURL, self.password) = (id, url, password)
    }
}
