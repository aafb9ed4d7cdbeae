import Testing
import Trials

@testable import Varlink

private func call(_ text: String) throws -> CallMessage {
    try Array(text.utf8).withUnsafeBytes { try CallMessage(parsing: $0) }
}

private func reply(_ text: String) throws -> ReplyMessage {
    try Array(text.utf8).withUnsafeBytes { try ReplyMessage(parsing: $0) }
}

@Suite struct CallMessageTests {
    @Test(
        arguments: chosen([
            (#"{"method":"a.b.C"}"#, CallMessage(method: "a.b.C")),
            (#"{"method":"a.b.C","parameters":null}"#, CallMessage(method: "a.b.C")),
            (#"{"method":"a.b.C","parameters":{}}"#, CallMessage(method: "a.b.C")),
            (#" { "parameters" : {"x":1} , "method":"a.b.C" } "#, CallMessage(method: "a.b.C", parameters: ["x": 1])),
            (#"{"method":"a.b.C","oneway":true}"#, CallMessage(method: "a.b.C", mode: .oneway)),
            (#"{"method":"a.b.C","more":true,"oneway":false}"#, CallMessage(method: "a.b.C", mode: .more)),
            (#"{"method":"a.b.C","upgrade":true,"more":null}"#, CallMessage(method: "a.b.C", mode: .upgrade)),
            (#"{"method":"a.b.C","org.example":{"x":1}}"#, CallMessage(method: "a.b.C")),
        ]))
    func valid(text: String, expected: CallMessage) throws {
        #expect(try call(text) == expected)
        var again = expected.json
        again["parameters"] = again["parameters"] ?? nil
        #expect(try call(String(decoding: JSON.object(again).bytes, as: UTF8.self)) == expected)
    }

    @Test(
        arguments: chosen([
            ("[]", MessageError.notAnObject), ("1", .notAnObject), ("{}", .noMethod), (#"{"method":null}"#, .noMethod),
            (#"{"method":7}"#, .noMethod), (#"{"parameters":{}}"#, .noMethod),
            (#"{"method":"a.B","parameters":[]}"#, .wrongType(member: "parameters")),
            (#"{"method":"a.B","oneway":1}"#, .wrongType(member: "oneway")),
            (#"{"method":"a.B","more":"true"}"#, .wrongType(member: "more")),
            (#"{"method":"a.B","upgrade":{}}"#, .wrongType(member: "upgrade")),
            (#"{"method":"a.B","oneway":true,"more":true}"#, .contradictoryFlags),
            (#"{"method":"a.B","more":true,"upgrade":true}"#, .contradictoryFlags),
            (#"{"method":"a.B","extra":{}}"#, .unknownMember("extra")),
            (#"{"method":"a.B","X-extra":{}}"#, .unknownMember("X-extra")),
            (#"{"method":"a.B"}x"#, .notJSON(JSONSyntaxError(reason: .trailingBytes, offset: 16))),
            ("", .notJSON(JSONSyntaxError(reason: .unexpectedEnd, offset: 0))),
        ]))
    func invalid(text: String, error: MessageError) {
        #expect(throws: error) { try call(text) }
    }
}

@Suite struct ReplyMessageTests {
    @Test(
        arguments: chosen([
            ("{}", ReplyMessage.parameters([:])), (#"{"parameters":null}"#, .parameters([:])),
            (#"{"parameters":{"x":1},"continues":true}"#, .parameters(["x": 1], continues: true)),
            (#"{"parameters":{"x":1},"continues":false}"#, .parameters(["x": 1])),
            (#"{"error":"a.B"}"#, .error(VarlinkError("a.B"))),
            (#"{"error":"a.B","parameters":{"x":1}}"#, .error(VarlinkError("a.B", ["x": 1]))),
            (#"{"error":null,"org.example":1}"#, .parameters([:])),
        ]))
    func valid(text: String, expected: ReplyMessage) throws {
        #expect(try reply(text) == expected)
        #expect(try reply(String(decoding: JSON.object(expected.json).bytes, as: UTF8.self)) == expected)
    }

    @Test(
        arguments: chosen([
            ("[]", MessageError.notAnObject), (#"{"error":1}"#, .wrongType(member: "error")),
            (#"{"continues":1}"#, .wrongType(member: "continues")),
            (#"{"parameters":1}"#, .wrongType(member: "parameters")),
            (#"{"error":"a.B","continues":true}"#, .contradictoryFlags), (#"{"reply":{}}"#, .unknownMember("reply")),
        ]))
    func invalid(text: String, error: MessageError) {
        #expect(throws: error) { try reply(text) }
    }
}
