import Handoff
import ProcessRuntime
import Varlink

/// One claim with its wait, over a restart of the daemon: who waits goes on waiting.
struct Claim {
    let path: String
    let request: HandoffClient.Request
    let wait: Duration

    /// The connection that the password was claimed on, and the password. The connection must stay open until it is settled.
    func run() async throws(HandoffClient.Failure) -> (HandoffClient, JSON.Object) {
        let end = ContinuousClock.now.advanced(by: wait)
        // A daemon that is not there at all is told at once.
        var client: HandoffClient?
        do { client = try await HandoffClient(connectingTo: path, on: .shared) } catch { throw .client(error) }
        while true {
            var request = request
            request.waitSeconds = Self.seconds(until: end)
            do {
                if let client { return (client, try await client.claim(request)) }
            } catch {
                guard Self.mayPass(error), ContinuousClock.now < end - .milliseconds(500) else { throw error }
            }
            client = try await reconnect(until: end)
        }
    }

    /// A daemon that stops answers early or not at all; one that could not mark a claim may be able to soon.
    private static func mayPass(_ failure: HandoffClient.Failure) -> Bool {
        switch failure {
        case .handoff(.noPassword), .client(.closed): true
        default: false
        }
    }

    private func reconnect(until end: ContinuousClock.Instant) async throws(HandoffClient.Failure) -> HandoffClient {
        while true {
            try? await EventLoopExecutor.shared.sleep(for: .milliseconds(200))
            do { return try await HandoffClient(connectingTo: path, on: .shared) } catch {
                guard ContinuousClock.now < end else { throw .client(error) }
            }
        }
    }

    private static func seconds(until end: ContinuousClock.Instant) -> Int {
        let left = ContinuousClock.now.duration(to: end).components
        return max(Int(left.seconds) + (left.attoseconds > 0 ? 1 : 0), 0)
    }
}
