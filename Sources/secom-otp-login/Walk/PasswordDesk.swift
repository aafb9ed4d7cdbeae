import FoundationEssentials
import Varlink

/// Where the password comes from, and who is told what became of it.
protocol PasswordDesk: Sendable {
    /// Whether there is anybody to ask; before a password is asked for. Nil: yes.
    func absence() async -> Ending?
    /// Waits for it.
    func claim(issuedAfter: Date) async -> Result<Password, Ending>
    /// Nil: it is left in doubt. Returns what went wrong with that.
    func settle(_ outcome: Procedure.Outcome?) async -> String?
}

/// A password that is ours until it is settled.
struct Password: Sendable {
    /// Names its mail; no secret.
    let id: String
    let loginURL: String
    let password: String

    /// As `OneTimePassword` of the interfaces.
    init?(_ json: JSON.Object) {
        guard let id = json["id"]?.string, let url = json["loginURL"]?.string, let password = json["password"]?.string
        else {
            return nil
        }
        (self.id, loginURL, self.password) = (id, url, password)
    }
}
