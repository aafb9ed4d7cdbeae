import Testing
import Trials

@testable import MIME

@Suite struct LexerTests {
    /// The tokens in short: atoms as they are, quoted strings in quotes, specials after a dot.
    private func tokens(_ text: String, _ specials: Lexer.Specials = .address) -> [String] {
        var lexer = Lexer(slice(Array(text.utf8)), specials: specials)
        var tokens: [String] = []
        while let token = lexer.next() {
            switch token {
            case .atom(let text): tokens.append(string(text))
            case .quoted(let text): tokens.append("\"\(string(text))\"")
            case .literal(let text): tokens.append(string(text))
            case .special(let byte): tokens.append(".\(string([byte]))")
            case .malformed: return tokens + ["malformed"]
            }
        }
        return tokens
    }

    @Test(
        arguments: chosen([
            ("a b\r\n\tc", ["a", "b", "c"]), ("a.b@c", ["a", "..", "b", ".@", "c"]),
            ("\"a \\\"b\\\\\" c", ["\"a \"b\\\"", "c"]),
            ("(a (b) \\) c) d", ["d"]), ("a(b)c", ["a", "c"]), ("[1.2] x", ["[1.2]", "x"]),
            ("\"a\r\n b\"", ["\"a b\""]), ("\"\"", ["\"\""]),
            ("あ<い>", ["あ", ".<", "い", ".>"]), ("a\0b", ["a\0b"]), ("", []), (" (c) ", []),
        ])) func cuts(text: String, expected: [String])
    {
        #expect(tokens(text) == expected)
    }

    /// What never ends: nothing behind it can be trusted.
    @Test(arguments: chosen(["a \"b", "a \"b\\", "a (b", "a (b (c)", "a (b\\", "a [b", "a (\\)"])) func neverEnds(
        text: String
    ) {
        #expect(tokens(text) == ["a", "malformed"])
    }

    @Test func specialsAreThoseOfTheField() {
        #expect(tokens("a.b/c=d;e", .mime) == ["a.b", "./", "c", ".=", "d", ".;", "e"])
        #expect(tokens("a.b/c=d;e", .authenticationResults) == ["a.b/c", ".=", "d", ".;", "e"])
        #expect(tokens("a.b/c=d;e", .address) == ["a", "..", "b/c=d", ".;", "e"])
        // A bracket begins a literal only where it is special.
        #expect(tokens("[a", .authenticationResults) == ["[a"])
    }

    @Test func theRest() {
        var lexer = Lexer(bytes("a; b=c"), specials: .mime)
        #expect(string(lexer.rest) == "a; b=c")
        _ = lexer.next()
        _ = lexer.next()
        #expect(string(lexer.rest) == " b=c")
        while lexer.next() != nil {}
        #expect(lexer.rest.isEmpty && lexer.next() == nil)
    }

    @Test func anyDepthInLinearTime() {
        let growth = ProcessorTime.growth(from: 20_000, to: 160_000) { depth in
            let text = String(repeating: "(", count: depth) + String(repeating: ")", count: depth) + "a"
            #expect(tokens(text) == ["a"])
        }
        #expect(growth < 24)
    }
}
