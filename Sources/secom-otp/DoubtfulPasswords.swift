import Handoff
import Varlink

/// What is in doubt where no password came: one of those may be what is wanted.
enum DoubtfulPasswords {
    private static let most = 5

    /// Says which there are that fit, where this user may ask for Status.
    static func tell(at path: String, fitting request: HandoffClient.Request) async {
        let call = DaemonCall(path: path, limit: .seconds(3))
        guard
            let status = try? await call.run({ client throws(HandoffClient.Failure) in try await client.status() })
        else { return }
        let ids = ids(in: status, fitting: request)
        guard !ids.isEmpty else { return }
        let further = ids.count > most ? " and \(ids.count - most) more" : ""
        complain(
            "in doubt, since nobody knows who had it: \(ids.prefix(most).joined(separator: ", "))\(further); see: secom-otp claim --include-in-doubt, secom-otp settle"
        )
    }

    private static func ids(in status: JSON.Object, fitting request: HandoffClient.Request) -> [String] {
        (status["passwords"]?.array ?? []).compactMap(\.object).filter { password in
            let recipient = password["recipient"]?.string?.lowercased()
            return password["state"]?.string == "inDoubt"
                && request.mailbox.map { $0 == password["mailbox"]?.string } ?? true
                && request.recipient.map { $0.lowercased() == recipient } ?? true
                // Both are written in one form, in UTC.
                && request.issuedAfter.map { $0 < password["issuedAt"]?.string ?? "" } ?? true
        }.compactMap { $0["id"]?.string }
    }
}
