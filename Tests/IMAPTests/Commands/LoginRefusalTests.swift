import Testing
import Trials

@testable import IMAP

/// What a refused login means.
struct LoginRefusalTests {
    static let refusals: [(StatusResponse, LoginRefusal, IMAPError)] = [
        (.no(), .init(), .loginRefused(code: nil)),
        (.no(.plain("AUTHENTICATIONFAILED")), .init(), .loginRefused(code: "AUTHENTICATIONFAILED")),
        (.no(.plain("AUTHORIZATIONFAILED")), .init(hasWorked: true), .loginRefused(code: "AUTHORIZATIONFAILED")),
        (.no(.plain("EXPIRED")), .init(hasWorked: true), .loginRefused(code: "EXPIRED")),
        (.no(.plain("PRIVACYREQUIRED")), .init(hasWorked: true), .loginRefused(code: "PRIVACYREQUIRED")),
        (.no(.plain("ALERT")), .init(), .loginRefused(code: "ALERT")),
        (.no(), .init(hasWorked: true), .loginUnexplained(hasWorked: true)),
        (.no(.plain("ALERT")), .init(hasWorked: true), .loginUnexplained(hasWorked: true)),
        (bad, .init(hasWorked: true), .loginUnexplained(hasWorked: true)),
        (bad, .init(), .loginUnexplained(hasWorked: false)),
        (.no(), .init(isToken: true), .tokenRefused(code: nil)),
        (.no(), .init(isToken: true, hasWorked: true), .tokenRefused(code: nil)),
        (.no(.plain("AUTHENTICATIONFAILED")), .init(isToken: true), .tokenRefused(code: "AUTHENTICATIONFAILED")),
        (bad, .init(isToken: true), .loginUnexplained(hasWorked: false)),
        (told(.no(), .throttled, 9), .init(), .throttled(backOff: .seconds(9))),
        (told(bad, .throttled, 9), .init(isToken: true, hasWorked: true), .throttled(backOff: .seconds(9))),
        (told(.no(.plain("ALERT")), .tooManyConnections), .init(), .tooManyConnections(backOff: nil)),
        (.no(.plain("OVERQUOTA")), .init(), .throttled(backOff: nil)),
        (.no(.plain("LIMIT")), .init(), .throttled(backOff: nil)),
        (.no(.plain("UNAVAILABLE")), .init(), .loginUnavailable(code: "UNAVAILABLE")),
        (told(.no(), .unavailable), .init(), .loginUnavailable(code: nil)),
        (told(bad, .notConnected), .init(isToken: true), .authenticatedNotConnected),
        // The code is about the credential, whatever stands behind it.
        (told(.no(.plain("AUTHENTICATIONFAILED")), .throttled), .init(), .loginRefused(code: "AUTHENTICATIONFAILED")),
    ]
    private static let bad = StatusResponse(condition: .bad)
    private static func told(_ status: StatusResponse, _ state: ServerState, _ seconds: Int? = nil) -> StatusResponse {
        StatusResponse(
            condition: status.condition, code: status.code, told: state, backOff: seconds.map { .seconds($0) })
    }

    @Test(arguments: chosen(refusals) { "\($0.0) \($0.1)" }) func means(
        status: StatusResponse, refusal: LoginRefusal, error: IMAPError
    ) {
        #expect(refusal.error(status) == error)
    }

    @Test func anUntaggedOneBeforeItCounts() {
        let before = Self.told(.no(.plain("ALERT")), .tooManyConnections)
        #expect(LoginRefusal().error(.no(), before: before) == .tooManyConnections(backOff: nil))
        #expect(
            LoginRefusal().error(.no(), before: .no(.plain("UNAVAILABLE"))) == .loginUnavailable(code: "UNAVAILABLE"))
        let refused = StatusResponse.no(.plain("AUTHENTICATIONFAILED"))
        #expect(LoginRefusal().error(refused, before: before) == .loginRefused(code: "AUTHENTICATIONFAILED"))
    }

    @Test(
        arguments: chosen([
            (#"{"status":"401","schemes":"bearer","scope":"https://mail.google.com/"}"#, "401"),
            (#"{ "scope" : "x", "status" : 400 }"#, "400"), (#"{"status":"invalid_token"}"#, "invalid_token"),
            ("{}", nil), ("{\"status\":\"\u{1B}[31m\"}", nil), (#"{"status"#, nil), ("", nil),
        ]))
    func xoauth2Status(json: String, status: String?) {
        let challenge = String(decoding: Base64.encode(Array(json.utf8)), as: UTF8.self)
        #expect(XOAUTH2Error.status(challenge) == status)
    }

    @Test func whatIsNoBase64HasNoStatus() { #expect(XOAUTH2Error.status("status\"401") == nil) }
}
