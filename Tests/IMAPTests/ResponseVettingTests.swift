import Testing

@testable import IMAP

/// What of a response a parser may see: what is needed, in a form of our own, or nothing.
struct ResponseVettingTests {
    private func vet(_ text: String, uids: ClosedRange<UInt32> = 1...UInt32.max) throws -> VettedResponse {
        var vetting = ResponseVetting()
        _ = try vetting.vet(wire("* OK x\n"))
        vetting.askedUIDs = uids
        return try vetting.vet(wire(text + "\n"))
    }

    private func shown(_ text: String, uids: ClosedRange<UInt32> = 1...UInt32.max) throws -> String {
        String(decoding: try vet(text, uids: uids).bytes, as: UTF8.self)
    }

    // MARK: Greeting

    @Test(
        arguments: [
            ("* OK ready", "* OK -\r\n"), ("* ok", "* OK -\r\n"), ("* PREAUTH x", "* PREAUTH -\r\n"),
            ("* OK [CAPABILITY IMAP4rev1 IDLE] x", "* OK -\r\n"),
            ("* OK [PERMANENTFLAGS (%)] x", "* OK -\r\n"), ("* OK [BADCHARSET ({3}", "* OK -\r\n"),
            ("* OK [ALERT] {12}", "* OK -\r\n"), ("* OK [[[[[[", "* OK -\r\n"),
        ] as [(String, String)]) func greeting(text: String, shown: String) throws
    {
        var vetting = ResponseVetting()
        let response = try vetting.vet(wire(text + "\n"))
        #expect(response.kind == .greeting)
        #expect(String(decoding: response.bytes, as: UTF8.self) == shown)
    }

    @Test func aGreetingThatTurnsAway() throws {
        var vetting = ResponseVetting()
        let response = try vetting.vet(wire("* BYE [UNAVAILABLE] later\n"))
        #expect(response.kind == .status(.bye))
        #expect(response.code == "UNAVAILABLE")
    }

    @Test(arguments: [
        "", "OK", "+ go on", "1 OK x", "* NO x", "* BAD x", "* 3 EXISTS", "HTTP/1.1 400 Bad Request", "* OKAY",
    ])
    func noGreeting(text: String) {
        var vetting = ResponseVetting()
        #expect(throws: ResponseBreach.badGreeting) { try vetting.vet(wire(text + "\n")) }
    }

    // MARK: Status responses and continuations

    @Test(
        arguments: [
            ("5 OK", "5 OK -\r\n"), ("5 OK \0\u{1}%n{7}", "5 OK -\r\n"),
            ("5 NO [TRYCREATE] x", "5 NO [TRYCREATE] -\r\n"),
            ("5 BAD [BADCHARSET ({3}", "5 BAD -\r\n"), ("5 OK [READ-WRITE] x", "5 OK [READ-WRITE] -\r\n"),
            ("5 OK [READ-WRITE 7] x", "5 OK -\r\n"), ("5 OK [MODIFIED 7,9:12] x", "5 OK [MODIFIED 7,9:12] -\r\n"),
            ("5 OK [COPYUID 1 2 3] x", "5 OK -\r\n"), ("5 OK [APPENDUID %] x", "5 OK -\r\n"),
            ("5 NO [REFERRAL imap://evil] x", "5 NO -\r\n"), ("5 OK [UNKNOWN] x", "5 OK -\r\n"),
            ("5 OK [PERMANENTFLAGS (%)] x", "5 OK [PERMANENTFLAGS ()] -\r\n"),
            ("5 OK [PERMANENTFLAGS (\\Seen $A \\* %b)] x", "5 OK [PERMANENTFLAGS (\\Seen $A \\*)] -\r\n"),
            ("* OK [UIDNEXT 4294967295] x", "* OK [UIDNEXT 4294967295] -\r\n"),
            ("* OK [HIGHESTMODSEQ 9223372036854775807] x", "* OK [HIGHESTMODSEQ 9223372036854775807] -\r\n"),
            ("* OK [NOMODSEQ] x", "* OK [NOMODSEQ] -\r\n"), ("* BYE [UNAVAILABLE] x", "* BYE [UNAVAILABLE] -\r\n"),
            ("* NO [ALERT] x", "* NO -\r\n"), ("+ [BADCHARSET ({3}", "+ go on\r\n"), ("+", "+ go on\r\n"),
            ("+ [PERMANENTFLAGS (%)] x", "+ go on\r\n"), ("+eyJzdGF0dXMiOiI0MDEifQ==", "+ go on\r\n"),
        ] as [(String, String)]) func rewritten(text: String, expected: String) throws
    {
        #expect(try shown(text) == expected)
    }

    @Test(
        arguments: [
            ("* OK [UIDVALIDITY 0] x", ResponseBreach.badNumber(in: "UIDVALIDITY")),
            ("* OK [UIDVALIDITY 4294967296] x", .badNumber(in: "UIDVALIDITY")),
            ("* OK [UIDNEXT 18446744073709551617] x", .badNumber(in: "UIDNEXT")),
            ("* OK [UIDNEXT x] x", .badNumber(in: "UIDNEXT")), ("* OK [UIDNEXT 1 2] x", .badSyntax(in: "UIDNEXT")),
            ("* OK [HIGHESTMODSEQ 0] x", .badNumber(in: "HIGHESTMODSEQ")),
            ("* OK [HIGHESTMODSEQ 9223372036854775808] x", .badNumber(in: "HIGHESTMODSEQ")),
            ("* OK [PERMANENTFLAGS %] x", .badSyntax(in: "PERMANENTFLAGS")),
            ("* OK [PERMANENTFLAGS ((a)] x", .badSyntax(in: "PERMANENTFLAGS")),
            ("5 OK [MODIFIED 0] x", .badSyntax(in: "MODIFIED")), ("5 OK [MODIFIED 1,] x", .badSyntax(in: "MODIFIED")),
            ("5 OK [CAPABILITY (] x", .badSyntax(in: "CAPABILITY")),
            ("5 BYE x", .badSyntax(in: "a tagged response")), ("5 PREAUTH x", .badSyntax(in: "a tagged response")),
            ("5 FETCH x", .notAResponse), ("a5 OK x", .notAResponse), ("99999999999 OK x", .notAResponse),
            ("-1 OK x", .notAResponse), ("", .notAResponse), ("*", .notAResponse), ("\0 OK", .notAResponse),
            ("5", .notAResponse),
        ] as [(String, ResponseBreach)]) func breaches(text: String, breach: ResponseBreach)
    {
        #expect(throws: breach) { try vet(text) }
    }

    // MARK: Untagged data

    @Test(arguments: [
        "* ESEARCH (TAG \"1\") UID ALL 1:3", "* NAMESPACE ((\"\" \"/\" {3}\nabc)) NIL NIL",
        "* ANNOTATION \"INBOX\" {3}\nabc",
        "* LIST () \"/\" INBOX", "* FLAGS (%)", "* VANISHED (EARLIER) 1:4294967295", "* ENABLED X",
        "* THREAD ((((((((((",
        "* 5 FOO", "* 5 MIGRATE {3}\nabc", "* QUOTA \"\" (STORAGE 1 2)",
        "* STATUS INBOX (MESSAGES 18446744073709551617)",
        "* ", "* \0", "* 5 VANISHED", "* 0 FOO",
        // No breach either: the word, as long as the server likes, would stand in its reason.
        "* 34292438467 MADE-UP",
    ]) func dropped(text: String) throws {
        let response = try vet(text)
        #expect(response.kind == .unknown)
        #expect(response.bytes.isEmpty)
    }

    @Test(
        arguments: [
            ("(\"name\" \"Dovecot\")", "Dovecot"),
            ("(\"version\" NIL \"os\" {3}\nabc \"NAME\" \"x\" \"a\" \"b\")", "x"),
            ("(\"name\" \"a\\\"b\")", "a\\\"b"), ("(\"name\" \"\")", ""), ("NIL", nil), ("()", nil),
            ("(\"name\" NIL)", nil), ("(\"name\" {1}\nx)", nil), ("(\"name\"", nil), ("(\"name\" ", nil),
            ("(\"name\" \"x", nil), ("(\"a\" \"name\" \"b\" \"c\")", nil), ("(name \"x\")", nil), ("", nil),
        ] as [(String, String?)]) func serverName(told: String, name: String?) throws
    {
        let response = try vet("* ID \(told)")
        #expect(response.kind == .id(name: name))
        #expect(response.bytes.isEmpty)
    }

    @Test(arguments: [
        "* CAPABILITY IMAP4rev1 AUTH=PLAIN LITERAL+", "* CAPABILITY IMAP4rev1 ", "* SEARCH", "* SEARCH ",
        "* SEARCH 1 4294967295",
        "* 4294967295 EXISTS", "* 0 EXISTS", "* 1 RECENT", "* 1 EXPUNGE",
    ]) func keptAsItIs(text: String) throws {
        #expect(try shown(text) == text + "\r\n")
    }

    @Test(
        arguments: [
            ("* SEARCH 0", ResponseBreach.badNumber(in: "SEARCH")), ("* SEARCH 4294967296", .badNumber(in: "SEARCH")),
            ("* SEARCH 18446744073709551617", .badNumber(in: "SEARCH")), ("* SEARCH x", .badNumber(in: "SEARCH")),
            ("* SEARCH 1,2", .badSyntax(in: "SEARCH")), ("* SEARCH 1 (MODSEQ 5)", .badNumber(in: "SEARCH")),
            ("* CAPABILITY %", .badSyntax(in: "CAPABILITY")), ("* CAPABILITY  X", .badSyntax(in: "CAPABILITY")),
            ("* CAPABILITY IMAP4rev1 \"x\"", .badSyntax(in: "CAPABILITY")),
            ("* CAPABILITY A\0B", .badSyntax(in: "CAPABILITY")),
            ("* 0 EXPUNGE", .badNumber(in: "EXPUNGE")), ("* 4294967296 EXISTS", .badNumber(in: "EXISTS")),
            ("* 18446744073709551617 EXISTS", .badNumber(in: "an untagged response")),
            ("* 3 EXISTS x", .badSyntax(in: "EXISTS")),
            ("* 3EXISTS", .badNumber(in: "an untagged response")), ("* 0 FETCH (UID 1)", .badNumber(in: "FETCH")),
        ] as [(String, ResponseBreach)]) func badData(text: String, breach: ResponseBreach)
    {
        #expect(throws: breach) { try vet(text) }
    }

    // MARK: FETCH

    @Test(
        arguments: [
            ("UID 7 FLAGS (\\Seen $X)", "UID 7 FLAGS (\\Seen $X)"), ("FLAGS () UID 7", "UID 7 FLAGS ()"),
            ("UID 7 FLAGS (%a $X \"b\" {c)", "UID 7 FLAGS ($X)"),
            ("UID 7 INTERNALDATE \"17-Jul-1996 02:44:25 -0700\"", "UID 7 INTERNALDATE \"17-Jul-1996 02:44:25 -0700\""),
            ("UID 7 INTERNALDATE \" 7-jul-1996 02:44:25 +0900\"", "UID 7 INTERNALDATE \" 7-jul-1996 02:44:25 +0900\""),
            ("UID 7 INTERNALDATE NIL FLAGS ()", "UID 7 FLAGS ()"),
            ("UID 7 RFC822.SIZE 4294967295", "UID 7 RFC822.SIZE 4294967295"),
            ("UID 7 BODY[] {6}\na)\n \0", "UID 7 BODY[] {6}\na)\n \0"),
            ("UID 7 BODY[]<0> \"x\\\"y\"", "UID 7 BODY[]<0> \"x\\\"y\""),
            ("UID 7 BODY[] NIL", "UID 7 BODY[] NIL"), ("UID 7 MODSEQ (12)", "UID 7 MODSEQ (12)"),
            ("UID 7 MODSEQ (9223372036854775807)", "UID 7 MODSEQ (9223372036854775807)"),
            ("UID 7 X-GM-LABELS (\\Inbox \"a)b\" {3}\n((( (c)) FLAGS ()", "UID 7 FLAGS ()"),
            ("UID 7 X-GM-MSGID 1278455344230334865 FLAGS ()", "UID 7 FLAGS ()"),
            ("UID 7 ENVELOPE (NIL (NIL) \"x\") FLAGS ()", "UID 7 FLAGS ()"),
            ("UID 7 BODY[HEADER.FIELDS (FROM)] {1}\nx FLAGS ()", "UID 7 FLAGS ()"),
            ("UID 7 BODY[TEXT]<0> \"x\"", "UID 7"),
            ("UID 7 UID 7", "UID 7"),
        ] as [(String, String)]) func onlyWhatIsUsed(items: String, kept: String) throws
    {
        let response = try vet("* 3 FETCH (\(items))")
        #expect(response.kind == .fetch(uid: 7))
        #expect(response.bytes == wire("* 3 FETCH (\(kept))\n"))
    }

    @Test(arguments: ["FLAGS ()", "", "MODSEQ (5)", "BODY[] {3}\nabc"]) func withoutUID(items: String) throws {
        let response = try vet("* 3 FETCH (\(items))")
        #expect(response.kind == .fetch(uid: nil))
        #expect(response.bytes.isEmpty)
    }

    @Test(arguments: [4, 8, 4_294_967_295] as [UInt32]) func ofAUIDThatWasNotAskedFor(uid: UInt32) throws {
        let response = try vet("* 3 FETCH (UID \(uid) FLAGS ())", uids: 5...7)
        #expect(response.kind == .fetch(uid: nil))
        #expect(response.bytes.isEmpty)
    }

    @Test(
        arguments: [
            ("UID 0", ResponseBreach.badNumber(in: "UID")), ("UID 18446744073709551617", .badNumber(in: "UID")),
            ("UID 4294967296", .badNumber(in: "UID")), ("UID x", .badNumber(in: "UID")),
            ("UID 7 UID 8", .badSyntax(in: "FETCH")),
            ("UID 7 FLAGS () FLAGS ($X)", .badSyntax(in: "FETCH")),
            ("UID 7 MODSEQ (1) MODSEQ (2)", .badSyntax(in: "FETCH")),
            ("UID 7 BODY[] NIL BODY[] \"x\"", .badSyntax(in: "FETCH")), ("UID 7 FLAGS (", .badSyntax(in: "FETCH")),
            ("UID 7 FLAGS ((a))", .badSyntax(in: "FETCH")),
            ("UID 7 MODSEQ (9223372036854775808)", .badNumber(in: "MODSEQ")),
            ("UID 7 MODSEQ 5", .badNumber(in: "MODSEQ")),
            ("UID 7 RFC822.SIZE 4294967296", .badNumber(in: "RFC822.SIZE")),
            ("UID 7 RFC822.SIZE -1", .badNumber(in: "RFC822.SIZE")),
            ("UID 7 INTERNALDATE \"17-Foo-1996 02:44:25 -0700\"", .badSyntax(in: "FETCH")),
            ("UID 7 INTERNALDATE \"\"", .badSyntax(in: "FETCH")),
            ("UID 7 INTERNALDATE {26}\n17-Jul-1996 02:44:25 -0700", .badSyntax(in: "FETCH")),
            ("UID 7 BODY[] \"a\0b\"", .badSyntax(in: "FETCH")),
            ("UID 7 BODY[]<99999999999> NIL", .badNumber(in: "BODY[]")),
            ("UID 7 BODY[] {99}\nabc", .badSyntax(in: "FETCH")), ("UID 7 BODY[] ~{3}\nabc", .badSyntax(in: "FETCH")),
            ("UID 7 BODYSTRUCTURE " + String(repeating: "(", count: 977), .nestingTooDeep),
            ("UID 7 X", .badSyntax(in: "FETCH")),
            ("UID 7 X (\"a", .badSyntax(in: "FETCH")), ("UID 7 X[", .badSyntax(in: "FETCH")),
            ("%", .badSyntax(in: "FETCH")),
            ("UID 7) x (", .badSyntax(in: "FETCH")),
        ] as [(String, ResponseBreach)]) func badFetch(items: String, breach: ResponseBreach)
    {
        #expect(throws: breach) { try vet("* 3 FETCH (\(items))") }
    }

    @Test func fetchWithoutItems() {
        for text in ["* 3 FETCH", "* 3 FETCH ", "* 3 FETCH (", "* 3 FETCH UID 7", "* 3 FETCH (UID 7"] {
            #expect(throws: ResponseBreach.self) { try vet(text) }
        }
    }

    /// Whatever comes: never a crash; and what is shown is one response, of no more bytes than came, without a NUL outside of literals.
    @Test func anyBytes() {
        var generator = SystemRandomNumberGenerator()
        let pieces = [
            "* ", "1 ", "OK ", "[", "]", "(", ")", "FETCH ", "UID ", "7 ", "FLAGS ", "\\", "{3}\r\n", "\"", "BODY[]",
            "<0>",
            " ", "\0", "%", "4294967296", "MODSEQ ", "PERMANENTFLAGS ", "SEARCH ", "CAPABILITY ", "NIL", "\r", "é",
            "+ ",
        ]
        for _ in 0..<20_000 {
            var vetting = ResponseVetting()
            _ = try? vetting.vet(wire("* OK x\n"))
            var text = ["* ", "* 3 FETCH (UID 7 ", "* OK [", "5 OK [", ""].randomElement(using: &generator) ?? ""
            for _ in 0..<Int.random(in: 0...12, using: &generator) {
                text += pieces.randomElement(using: &generator) ?? ""
            }
            let bytes = Array((text + "\r\n").utf8)
            guard let response = try? vetting.vet(bytes), !response.bytes.isEmpty else { continue }
            #expect(response.bytes.count <= bytes.count + 16)
            #expect(response.bytes.suffix(2) == [13, 10])
        }
    }
}
