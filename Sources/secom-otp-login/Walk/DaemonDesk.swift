import FoundationEssentials
import Handoff
import Ledger
import ProcessRuntime
import Synchronization
import Varlink

/// The daemon's socket: a password is claimed there, and the connection held until it is settled.
final class DaemonDesk: PasswordDesk {
    private let recipe: Recipe
    private let mail: String
    private let mailbox: String?
    private let held = Mutex<(client: HandoffClient, id: String)?>(nil)

    init(_ recipe: Recipe, mail: String, mailbox: String?) {
        (self.recipe, self.mail, self.mailbox) = (recipe, mail, mailbox)
    }

    func absence() async -> Ending? {
        do {
            _ = try await HandoffClient(connectingTo: recipe.socket, on: .shared)
            return nil
        } catch {
            return Self.ending(.client(error))
        }
    }

    func claim(issuedAfter: Date) async -> Result<Password, Ending> {
        var request = HandoffClient.Request()
        request.mailbox = mailbox
        request.recipient = mail
        request.issuedAfter = RFC3339.format(issuedAfter)
        let claimed: (client: HandoffClient, json: JSON.Object)
        do { claimed = try await Claim(path: recipe.socket, request: request, wait: recipe.mailTimeout).run() } catch {
            return .failure(Self.ending(error))
        }
        guard let password = Password(claimed.json) else {
            return .failure(.noDaemon("the daemon gave a password without its parts"))
        }
        held.withLock { $0 = (claimed.client, password.id) }
        return .success(password)
    }

    func settle(_ outcome: Procedure.Outcome?) async -> String? {
        let held = held.withLock { held in
            defer { held = nil }
            return held
        }
        // The end of the connection leaves it in doubt.
        guard let held, let outcome else { return nil }
        let settlement = Settlement(id: held.id, outcome: Outcome(outcome), path: recipe.socket)
        do {
            try await settlement.run(on: held.client)
            return nil
        } catch {
            return "\(held.id) is \(Outcome(outcome).rawValue), but \(Self.ending(error))"
        }
    }

    private static func ending(_ failure: HandoffClient.Failure) -> Ending {
        switch failure {
        case .handoff(.noPassword): .noPassword("no password came in time; see: secom-otp status")
        case .handoff(.unknownMailbox(let name)): .noMailbox("the daemon has no mailbox \"\(name)\"")
        case .handoff(.notAllowed): .notAllowed("the daemon does not let this user claim")
        case .handoff(let error): .noDaemon(error.explanation)
        case .busy(let message): .noDaemon("the daemon has no room now: \(message)")
        case .noAnswer(let time):
            .noDaemon("no answer from the daemon within \(time.text); its log: journalctl -u secom-otpd")
        case .client(.notAllowed(let path)):
            .notAllowed("\(path): permission denied: is this user in the group secom-otp?")
        case .client(.error(let error)) where error.name == "org.varlink.service.PermissionDenied":
            .notAllowed("the daemon does not let this user claim")
        case .client(let error): .noDaemon("\(error): is secom-otpd running?")
        }
    }
}

extension Outcome {
    init(_ outcome: Procedure.Outcome) {
        self =
            switch outcome {
            case .used: .used
            case .rejected: .rejected
            case .unused: .unused
            }
    }
}
