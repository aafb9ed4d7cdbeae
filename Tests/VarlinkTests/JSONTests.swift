import Testing
import Trials

@testable import Varlink

private func parse(_ text: String) throws -> JSON { try JSON(parsing: Array(text.utf8)) }
private func text(_ json: JSON) -> String { String(decoding: json.bytes, as: UTF8.self) }

@Suite struct JSONTests {
    @Test(
        arguments: chosen(
            [
                ("null", .null), ("true", true), (" [ 1 , -2 ] ", [1, -2]), ("{\"a\":{}}", ["a": [:]]), ("-0", 0),
                ("9223372036854775807", .int(.max)), ("-9223372036854775808", .int(.min)),
                ("9223372036854775808", .double(9223372036854775808)), ("1.0", .double(1)), ("1e0", .double(1)),
                ("1E+2", .double(100)), ("-0.5e-1", .double(-0.05)), ("\"\"", ""),
                (#""a\"\\\/\b\f\n\r\t""#, "a\"\\/\u{8}\u{C}\n\r\t"),
                (#""\u00e9\uD83D\uDE00\u0000""#, "é😀\u{0}"), ("\"パスワード\"", "パスワード"), ("[]", .array([])),
                ("{}", .object([:])),
                ("\u{20}\u{09}\u{0A}\u{0D}1", 1),
            ] as [(String, JSON)]))
    func valid(source: String, expected: JSON) throws {
        #expect(try parse(source) == expected)
    }

    @Test(
        arguments: chosen(
            [
                ("", JSONSyntaxError.Reason.unexpectedEnd, 0), ("[1", .unexpectedEnd, 2), ("[1,]", .unexpectedByte, 3),
                ("{\"a\":1,}", .unexpectedByte, 7), ("{a:1}", .unexpectedByte, 1), ("{\"a\" 1}", .unexpectedByte, 5),
                ("01", .trailingBytes, 1), ("1 2", .trailingBytes, 2), ("+1", .unexpectedByte, 0),
                (".5", .unexpectedByte, 0),
                ("1.", .unexpectedEnd, 2), ("1e", .unexpectedEnd, 2), ("-", .unexpectedEnd, 1),
                ("1e999", .numberOutOfRange, 0),
                ("NaN", .unexpectedByte, 0), ("tru", .unexpectedEnd, 3), ("nul1", .unexpectedByte, 3),
                ("\"a", .unexpectedEnd, 2), ("\"\n\"", .unexpectedByte, 1), (#""\n"# + "\n\"", .unexpectedByte, 3),
                (#""\x""#, .invalidEscape, 2), (#""\u12g4""#, .invalidEscape, 5), (#""\ud800""#, .invalidEscape, 3),
                (#""\udc00\ud800""#, .invalidEscape, 3), (#""\ud800\u0041""#, .invalidEscape, 3),
                (#""\u"#, .unexpectedEnd, 3),
                ("{\"a\":1,\"a\":1}", .duplicateName, 7), (#"{"a":1,"\u0061":1}"#, .duplicateName, 7),
                ("// 1", .unexpectedByte, 0),
                ("\u{FEFF}1", .unexpectedByte, 0), ("'a'", .unexpectedByte, 0),
            ] as [(String, JSONSyntaxError.Reason, Int)]))
    func invalid(source: String, reason: JSONSyntaxError.Reason, offset: Int) {
        #expect(throws: JSONSyntaxError(reason: reason, offset: offset)) { try parse(source) }
    }

    @Test(
        arguments: chosen(
            [
                [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xE3, 0x81, 0x22],
                [0x22, 0x5C, 0x6E, 0xFF, 0x22],
            ] as [[UInt8]]))
    func invalidUTF8(bytes: [UInt8]) {
        #expect(throws: JSONSyntaxError(reason: .invalidUTF8, offset: 1)) { try JSON(parsing: bytes) }
    }

    @Test func depthIsBounded() throws {
        let deepest = String(repeating: "[", count: 32) + String(repeating: "]", count: 32)
        #expect(throws: Never.self) { try parse(deepest) }
        #expect(throws: JSONSyntaxError(reason: .tooDeep, offset: 32)) { try parse("[" + deepest + "]") }
        #expect(throws: JSONSyntaxError(reason: .tooDeep, offset: 160)) {
            try parse(String(repeating: "{\"a\":", count: 100_000))
        }
    }

    @Test func aNameTwiceAmongMany() throws {
        let members = (0..<1000).map { "\"n\($0)\":\($0)" }
        #expect(try parse("{\(members.joined(separator: ","))}").object?["n999"] == 999)
        #expect(throws: JSONSyntaxError.self) { try parse("{\(members.joined(separator: ",")),\"n500\":1}") }
        #expect(throws: JSONSyntaxError.self) { try parse("{\((members + members).joined(separator: ","))}") }
    }

    @Test func everyPrefixAndEveryChangedByteIsRefusedOrRead() throws {
        let source = Array(#"{"method":"a.B","parameters":{"x":[1,-2.5e3,"\ud83d\ude00é",null,true]}}"#.utf8)
        for length in 0..<source.count {
            #expect(throws: JSONSyntaxError.self) { try JSON(parsing: Array(source.prefix(length))) }
        }
        for index in source.indices {
            for byte in Array("\0 09-+.eE\"\\/{}[]:,tfnu\u{7F}".utf8) + [0x80, 0xBF, 0xC2, 0xE3, 0xED, 0xF0, 0xFF] {
                var changed = source
                changed[index] = byte
                if let json = try? JSON(parsing: changed) {
                    #expect(try JSON(parsing: json.bytes) == json)
                }
            }
        }
    }

    @Test(
        arguments: chosen(
            [
                (JSON.null, "null"), (.bool(false), "false"), (.int(.min), "-9223372036854775808"), (1.5, "1.5"),
                (1.0, "1.0"),
                (.double(.nan), "null"), (.double(.infinity), "null"), (["b": 1, "a": [nil]], #"{"b":1,"a":[null]}"#),
                ("\u{0}\u{1f}\"\\\n/é\u{7f}", #""\u0000\u001f\"\\\n/é"# + "\u{7f}\""), (.object([:]), "{}"),
                (.array([]), "[]"),
            ] as [(JSON, String)]))
    func written(json: JSON, expected: String) {
        #expect(text(json) == expected)
    }

    @Test func writtenDoublesAreReadBack() throws {
        for number in [
            1e300, Double.leastNonzeroMagnitude, 0.1, -1e16, 123456789.125, 1e-7, Double.greatestFiniteMagnitude,
        ] {
            #expect(try JSON(parsing: JSON.double(number).bytes) == .double(number))
        }
    }

    @Test func confidentialTextIsWrittenAsAString() {
        struct Password: ConfidentialText {
            func withUTF8(_ body: (UnsafeRawBufferPointer) -> Void) { Array("p\"w".utf8).withUnsafeBytes { body($0) } }
        }
        let json: JSON = ["password": .confidential(Password())]
        #expect(text(json) == #"{"password":"p\"w"}"#)
    }

    @Test func objects() {
        var object: JSON.Object = ["a": 1, "b": 2]
        object["a"] = nil
        object["c"] = 3
        object["b"] = 4
        #expect(object == ["c": 3, "b": 4])
        #expect(object != ["c": 3])
        #expect(object != ["c": 3, "b": 5])
        #expect(object.members.map(\.name) == ["b", "c"])
    }
}
