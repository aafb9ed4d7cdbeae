import FoundationEssentials
import Handoff
import Ledger
import ProcessRuntime
import Synchronization
import Varlink

/// Claims a password at the daemon's socket, and keeps the connection open until it is settled.
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
            return .failure(.noDaemon("the daemon's reply lacks the password, its id or its login URL"))
        }
        held.withLock { $0 = (claimed.client, password.id) }
        return .success(password)
    }

    func settle(_ outcome: Procedure.Outcome?) async -> String? {
        let held = held.withLock { held in
            defer { held = nil }
            return held
        }
        // Closing the connection leaves it in doubt.
        guard let held, let outcome else { return nil }
        let settlement = Settlement(id: held.id, outcome: Outcome(outcome), path: recipe.socket)
        do {
            try await settlement.run(on: held.client)
            return nil
        } catch {
            return settlement.owing(error).map { Shown.line($0.said, atMost: 500) }
                ?? "\(held.id) is \(Outcome(outcome).rawValue), but the daemon could not be told: \(Self.ending(error))"
        }
    }

    private static func ending(_ failure: HandoffClient.Failure) -> Ending {
        // The daemon repeats what a mail server has said.
        let explanation = Shown.line(failure.explanation.said, atMost: 500)
        return switch failure.exitStatus {
        case .noPassword: .noPassword("no password arrived in time (mail_timeout); see: secom-otp status")
        case .badData: .noMailbox(explanation)
        case .notAllowed: .notAllowed(explanation)
        default: .noDaemon(explanation)
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
