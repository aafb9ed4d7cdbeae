import Testing
import Trials

@testable import IMAP

/// What the text of a refusal tells of the server's state, and for how long.
struct ServerStateTests {
    private func read(_ text: String) throws -> StatusResponse {
        var reader = ResponseReader()
        _ = try reader.read(wire("* OK x\n"))
        guard case .tagged(_, let status) = try reader.read(wire("1 \(text)\n")) else { throw NoStatus() }
        return status
    }
    private struct NoStatus: Error {}

    static let states: [(String, ServerState?)] = [
        ("NO [ALERT] Too many simultaneous connections. (Failure)", .tooManyConnections),
        (
            "NO Maximum number of connections from user+IP exceeded (mail_max_userip_connections=10)",
            .tooManyConnections
        ),
        ("NO too many open sessions", .tooManyConnections),
        ("NO [LIMIT] Too many concurrent requests", .tooManyConnections),
        ("BAD Request is throttled. Suggested Backoff Time: 89117 milliseconds", .throttled),
        ("NO [LIMIT] x", .throttled), ("NO [THROTTLED] x", .throttled), ("NO [UNAVAILABLE] Throttled", .throttled),
        ("NO LOGIN Rate limit hit", .throttled), ("NO Login rate exceeded", .throttled),
        ("NO Rate exceeded", .throttled), ("NO too many requests", .throttled),
        ("NO Account exceeded command or bandwidth limits.", .throttled),
        ("NO Server Unavailable. 15", .unavailable), ("NO [UNAVAILABLE] x", .unavailable),
        ("NO [INUSE] x", .unavailable), ("NO [SERVERBUG] x", .unavailable),
        ("NO Temporary authentication failure.", .unavailable), ("NO System error (Failure)", .unavailable),
        ("NO please try again later", .unavailable),
        ("BAD User is authenticated but not connected.", .notConnected),
        ("NO", nil), ("NO AUTHENTICATE failed.", nil), ("BAD Command Argument Error. 11", nil),
        ("NO Invalid login or password, please try again", nil), ("NO Incorrect password. Temporarily", nil),
        ("NO the operation is not accurate", nil), ("NO migrate first", nil),
        ("OK Too many simultaneous connections", nil), ("OK [LIMIT] x", nil),
        // A code is no text.
        ("NO [X-THROTTLED] x", nil),
    ]
    @Test(arguments: chosen(states) { $0.0 }) func itTellsItsState(text: String, state: ServerState?) throws {
        #expect(try read(text).state == state)
    }

    static let times: [(String, Duration?)] = [
        ("Throttled. Suggested Backoff Time: 89117 milliseconds", .milliseconds(89_117)),
        ("throttled, 500ms", .milliseconds(500)), ("throttled for 90 s", .seconds(90)),
        ("throttled: retry after 30", .seconds(30)), ("throttled. Backoff: 30", .seconds(30)),
        ("too many requests, try again in 5 minutes", .seconds(300)), ("too many requests (1.5 min)", .seconds(90)),
        ("too many requests: 10 logins in 60 seconds. Wait 2 minutes.", .seconds(120)),
        ("throttled for 3 hours", .seconds(3600)), ("throttled for 99999999999999999999 seconds", .seconds(3600)),
        ("throttled for \(String(repeating: "9", count: 900)) ms", .seconds(3600)),
        ("throttled for 0 seconds", nil), ("throttled", nil), ("throttled 15", nil), ("Server Unavailable. 15", nil),
        ("too many requests: 100", nil), ("throttled by 10.1.2.3", nil),
        // It is not about the server's state at all.
        ("your password expires in 5 minutes", nil),
    ]
    @Test(arguments: chosen(times) { "\($0.0.prefix(40))" }) func itTellsForHowLong(text: String, time: Duration?)
        throws
    {
        #expect(try read("NO \(text)").backOff == time)
    }

    /// They end a session for another reason than a server that goes down.
    @Test func byeTells() throws {
        var reader = ResponseReader()
        #expect(
            try reader.read(wire("* BYE Too many connections, wait 60 s\n"))
                == .status(StatusResponse(condition: .bye, told: .tooManyConnections, backOff: .seconds(60))))
    }
}
