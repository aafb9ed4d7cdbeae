import Ledger
import Secrets
import Varlink

/// A password on its way out: its bytes go from the locked page into the outgoing buffer and nowhere else.
package struct ConfidentialSecret: ConfidentialText {
    let secret: Secret
    package init(secret: Secret) { self.secret = secret }
    package func withUTF8(_ body: (UnsafeRawBufferPointer) -> Void) { secret.withBytes(body) }
}

extension Password {
    /// The `OneTimePassword` of the interfaces.
    var json: JSON {
        [
            "id": .string(id.description), "mailbox": .string(id.mailbox), "recipient": JSON(recipient),
            "password": .confidential(ConfidentialSecret(secret: secret)), "loginURL": .string(loginURL),
            "issuedAt": .string(RFC3339.format(issuedAt)), "expiresAt": .string(RFC3339.format(expiresAt)),
        ]
    }
}

extension PasswordStatus {
    var json: JSON {
        [
            "id": .string(id.description), "mailbox": .string(id.mailbox), "recipient": JSON(recipient),
            "state": .string(state.rawValue), "reason": JSON(reason), "issuedAt": JSON(issuedAt.map(RFC3339.format)),
            "expiresAt": JSON(expiresAt.map(RFC3339.format)),
        ]
    }
}
