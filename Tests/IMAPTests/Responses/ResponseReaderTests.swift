import Testing
import Trials

@testable import IMAP

/// What is understood of a response, and what is left out.
struct ResponseReaderTests {
    private func read(_ text: String) throws -> (Response, [String]) {
        var reader = ResponseReader()
        _ = try reader.read(wire("* OK x\n"))
        return (try reader.read(wire(text + "\n")), reader.leftOut.map(\.description))
    }

    private func status(_ condition: StatusResponse.Condition, _ code: ResponseCode? = nil) -> StatusResponse {
        StatusResponse(condition: condition, code: code)
    }

    // MARK: Greeting

    @Test(
        arguments: chosen([
            "* OK ready", "* ok", "*  OK x", "* OK [PERMANENTFLAGS (%)] x", "* OK [BADCHARSET ({3}",
            "* OK [ALERT] {12}",
            "* OK [[[[[[",
            "* OK [UIDVALIDITY 0] x",
        ])) func greeting(text: String) throws
    {
        var reader = ResponseReader()
        guard case .greeting(let status) = try reader.read(wire(text + "\n")) else {
            Issue.record("no greeting"); return
        }
        #expect(status.condition == .ok)
    }

    @Test func otherGreetings() throws {
        var reader = ResponseReader()
        #expect(try reader.read(wire("* PREAUTH x\n")) == .greeting(status(.preauth)))
        reader = ResponseReader()
        #expect(try reader.read(wire("* BYE [UNAVAILABLE] later\n")) == .status(status(.bye, .plain("UNAVAILABLE"))))
    }

    @Test(
        arguments: chosen([
            "OK", "+ go on", "1 OK x", "* NO x", "* BAD x", "* 3 EXISTS", "HTTP/1.1 400 Bad Request", "* OKAY",
        ]))
    func noGreeting(text: String) {
        var reader = ResponseReader()
        #expect(throws: ResponseBreach.badGreeting) { try reader.read(wire(text + "\n")) }
    }

    // MARK: Status responses and continuations

    static let statusLines: [(String, StatusResponse.Condition, ResponseCode?)] = [
        ("OK", .ok, nil), ("OK \0\u{1}%n{7}", .ok, nil), ("NO [TRYCREATE] x", .no, .plain("TRYCREATE")),
        ("no [trycreate]", .no, .plain("TRYCREATE")), ("BAD [BADCHARSET ({3}", .bad, nil),
        ("OK [READ-WRITE] x", .ok, .readWrite), ("OK  [READ-WRITE ] x", .ok, .readWrite),
        ("OK [MODIFIED 7,9:12] x", .ok, .modified),
        ("OK [MODIFIED 0] x", .ok, .modified), ("OK [COPYUID 1 2 3] x", .ok, nil),
        ("NO [REFERRAL imap://evil] x", .no, nil),
        ("OK [UNKNOWN] x", .ok, nil), ("OK [PERMANENTFLAGS ()] x", .ok, .permanentFlags([])),
        ("OK [PERMANENTFLAGS (\\Seen $A \\*)] x", .ok, .permanentFlags(["\\Seen", "$A", "\\*"])),
        ("OK [PERMANENTFLAGS  ( \\seen  \\* ) ] x", .ok, .permanentFlags(["\\Seen", "\\*"])),
        ("OK [UIDNEXT 4294967295] x", .ok, .uidNext(4_294_967_295)), ("OK [UIDVALIDITY 7]", .ok, .uidValidity(7)),
        ("OK [HIGHESTMODSEQ 9223372036854775807] x", .ok, .highestModSeq(9_223_372_036_854_775_807)),
        ("OK [HIGHESTMODSEQ 0] x", .ok, .plain("NOMODSEQ")), ("OK [NOMODSEQ] x", .ok, .plain("NOMODSEQ")),
        ("OK [CAPABILITY IMAP4rev1 idle] x", .ok, .capability(["IMAP4REV1", "IDLE"])),
    ]

    @Test(arguments: chosen(statusLines)) func statuses(
        text: String, condition: StatusResponse.Condition, code: ResponseCode?
    )
        throws
    {
        #expect(try read("5 \(text)").0 == .tagged(tag: 5, status(condition, code)))
        #expect(try read("* \(text)").0 == .status(status(condition, code)))
        #expect(try read("*  \(text)").0 == .status(status(condition, code)))
        #expect(try read("5 \(text)").1.isEmpty)
    }

    @Test(
        arguments: [
            ("[UIDVALIDITY 0]", "the number in UIDVALIDITY"), ("[UIDVALIDITY 4294967296]", "the number in UIDVALIDITY"),
            ("[UIDNEXT 18446744073709551617]", "the number in UIDNEXT"), ("[UIDNEXT x]", "the number in UIDNEXT"),
            ("[HIGHESTMODSEQ 9223372036854775808]", "the number in HIGHESTMODSEQ"),
            ("[HIGHESTMODSEQ x]", "the number in HIGHESTMODSEQ"), ("[PERMANENTFLAGS %]", "the flags in PERMANENTFLAGS"),
            ("[PERMANENTFLAGS ((a)]", "the flags in PERMANENTFLAGS"),
        ] as [(String, String)]) func codesWithoutSense(code: String, leftOut: String) throws
    {
        let (response, parts) = try read("* OK \(code) x")
        #expect(response == .status(status(.ok)) && parts == [leftOut])
    }

    @Test func aFlagThatIsNoneLeavesTheOthers() throws {
        let (response, parts) = try read("* OK [PERMANENTFLAGS (\\Seen % a(b)c \"x y\" \\*)] x")
        #expect(response == .status(status(.ok, .permanentFlags(["\\Seen", "\\*"]))))
        #expect(parts == ["a flag in PERMANENTFLAGS"])
    }

    @Test(
        arguments: [
            ("+ [BADCHARSET ({3}", nil), ("+", nil), ("+ [PERMANENTFLAGS (%)] x", nil),
            ("+eyJzdGF0dXMiOiI0MDEifQ==", "eyJzdGF0dXMiOiI0MDEifQ=="), ("+ YQ==", "YQ=="),
        ] as [(String, String?)]) func continuations(text: String, challenge: String?) throws
    {
        #expect(try read(text).0 == .continuation(challenge: challenge))
    }

    /// Nothing is in doubt about these, and the greeting is the first that is not empty.
    @Test(arguments: chosen(["", " ", "\t", "\r", " \r\r"])) func emptyLines(text: String) throws {
        var reader = ResponseReader()
        #expect(try reader.read(wire(text + "\n")) == .other)
        #expect(try reader.read(wire("* OK x\n")) == .greeting(.ok))
        #expect(try reader.read(wire(text + "\n")) == .other)
    }

    /// White space of any kind, before, within and behind.
    @Test(arguments: chosen([" * 3 EXISTS", "\t* 3 EXISTS", "*\t3\tEXISTS", "* 3 EXISTS\r", "* 3 EXISTS \t\r"]))
    func whiteSpace(text: String) throws { #expect(try read(text).0 == .exists(3)) }

    /// Nobody knows where such a line begins and ends.
    @Test(
        arguments: chosen([
            "5 BYE x", "5 PREAUTH x", "5 FETCH x", "a5 OK x", "99999999999 OK x", "-1 OK x", "*", "\0 OK", "5",
            "5OK",
            "x", "*OK",
        ])) func noResponse(text: String)
    {
        #expect(throws: ResponseBreach.notAResponse) { try read(text) }
    }

    // MARK: Untagged data

    @Test(
        arguments: chosen([
            "* NAMESPACE ((\"\" \"/\" {3}\nabc)) NIL NIL",
            "* ANNOTATION \"INBOX\" {3}\nabc",
            "* FLAGS (%)", "* VANISHED (EARLIER) 1:4294967295", "* ENABLED X",
            "* THREAD ((((((((((", "* 5 FOO",
            "* 5 MIGRATE {3}\nabc", "* QUOTA \"\" (STORAGE 1 2)", "* ",
            "* \0",
            "* 5 VANISHED", "* 0 FOO", "* 34292438467 MADE-UP", "* 1 RECENT",
        ])) func nobodysBusiness(text: String) throws
    {
        let (response, parts) = try read(text)
        #expect(response == .other && parts.isEmpty)
    }

    @Test(
        arguments: [
            ("* 4294967295 EXISTS", .exists(4_294_967_295)), ("* 0 EXISTS", .exists(0)), ("*  3  exists ", .exists(3)),
            ("* 3 EXISTS x", .exists(3)), ("* 1 EXPUNGE", .expunge(1)), ("* SEARCH", .search([])),
            ("* SEARCH ", .search([])),
            ("* SEARCH 1 4294967295", .search([1, 4_294_967_295])), ("* SEARCH  3  4 ", .search([3, 4])),
            ("* SEARCH 1 2 (MODSEQ 5)", .search([1, 2])),
            ("* ESEARCH (TAG \"1\") UID", .search([])), ("* ESEARCH", .search([])),
            ("* ESEARCH (TAG \"1\") UID ALL 3,7:9,12:11", .search([3, 7, 8, 9, 11, 12])),
            ("* esearch (TAG \"a)b\") uid MIN 3 COUNT 2 all 3,9 MODSEQ 5", .search([3, 9])),
            ("* ESEARCH ALL 4294967295", .search([4_294_967_295])),
            ("* CAPABILITY IMAP4rev1  AUTH=PLAIN ", .capability(["IMAP4REV1", "AUTH=PLAIN"])),
            ("* CAPABILITY", .capability([])),
        ] as [(String, Response)]) func data(text: String, response: Response) throws
    {
        let read = try read(text)
        #expect(read.0 == response && read.1.isEmpty)
    }

    @Test(
        arguments: [
            ("* SEARCH 0 7", .search([7])), ("* SEARCH 4294967296", .search([])),
            ("* SEARCH 18446744073709551617 7", .search([7])),
            ("* ESEARCH UID ALL 3,0,4", .search([3])), ("* ESEARCH UID ALL 3:x", .search([])),
            ("* SEARCH x 7", .search([7])), ("* SEARCH 1,2 7", .search([7])),
            ("* CAPABILITY % IDLE", .capability(["IDLE"])),
            ("* CAPABILITY IDLE \"x\"", .capability(["IDLE"])), ("* CAPABILITY A\0B IDLE", .capability(["IDLE"])),
            ("* 0 EXPUNGE", .other), ("* 4294967296 EXISTS", .other), ("* 18446744073709551617 EXISTS", .other),
            ("* 0 FETCH (UID 1)", .other),
        ] as [(String, Response)]) func dataWithoutSense(text: String, response: Response) throws
    {
        let read = try read(text)
        #expect(read.0 == response && !read.1.isEmpty)
    }

    @Test func mailboxes() throws {
        let listed = try read("* LIST (\\HasNoChildren) \"/\" \"a \\\"b\\\"\"").0
        guard case .list(let mailbox) = listed else { Issue.record("\(listed)"); return }
        #expect(mailbox.name == Array("a \"b\"".utf8) && mailbox.isSelectable)
        for text in ["* LIST (\\Noselect) NIL {3}\nabc", "* LIST (\\NonExistent) \".\" abc"] {
            guard case .list(let mailbox) = try read(text).0 else { Issue.record("no LIST"); return }
            #expect(mailbox.name == Array("abc".utf8) && !mailbox.isSelectable)
        }
        #expect(try read("* LIST x").0 == .other)
        #expect(try read("* LIST () \"/\" \"\"").1 == ["a mailbox in LIST"])
    }

    @Test(arguments: chosen(["INBOX", "\"a b\"", "{3}\na)b"])) func rights(name: String) throws {
        #expect(try read("* MYRIGHTS \(name) lrswi").0 == .rights("lrswi"))
        #expect(try read("* MYRIGHTS \(name) \"\"").0 == .rights(""))
    }

    @Test(arguments: chosen(["INBOX", "\"a b\"", "{3}\na)b"])) func status(name: String) throws {
        #expect(
            try read("* STATUS \(name) (MESSAGES 3  UIDNEXT 7 X 5 UIDVALIDITY 18446744073709551617)").0
                == .mailboxStatus(MailboxStatusItems(messages: 3, uidNext: 7)))
    }

    /// A range costs a server nothing to write: the last numbers of it are taken, and no more than a line of SEARCH has.
    @Test func rangesWithoutEnd() throws {
        guard case .search(let numbers) = try read("* ESEARCH UID ALL 1:4294967295,1:4294967295").0 else {
            Issue.record("no search"); return
        }
        #expect(numbers.count == 32 * 1024 && numbers.max() == .max)
    }

    // MARK: FETCH

    private func fetch(_ items: String) throws -> (FetchResponse, [String]) {
        let (response, parts) = try read("* 3 FETCH (\(items))")
        guard case .fetch(let fetch) = response else { throw ResponseBreach.notAResponse }
        return (fetch, parts)
    }

    private func expected(_ change: (inout FetchResponse) -> Void) -> FetchResponse {
        var fetch = FetchResponse(sequenceNumber: 3, uid: 7)
        change(&fetch)
        return fetch
    }

    @Test(
        arguments: chosen([
            "UID 7 FLAGS (\\Seen $X)", "FLAGS (\\Seen $X) UID 7", "uid 7 flags (\\SEEN $X)",
            "UID 7 FLAGS ( \\Seen  $X )",
            "UID  7  FLAGS (\\Seen $X) ",
            " UID 7 FLAGS (\\Seen $X)", "UID 7 UID 7 FLAGS (\\Seen $X)",
            "UID 7 X-GM-LABELS (\\Inbox \"a)b\" {3}\n((( (c)) FLAGS (\\Seen $X)",
            "UID 7 X-GM-MSGID 1278455344230334865 FLAGS (\\Seen $X)",
            "UID 7 ENVELOPE (NIL (NIL) \"x\") FLAGS (\\Seen $X)",
            "UID 7 BODY[HEADER.FIELDS (FROM)] {1}\nx FLAGS (\\Seen $X)", "UID 7 BODY[TEXT]<0> \"x\" FLAGS (\\Seen $X)",
            "UID 7 BODY[HEADER.FIELDS (\"a]b\")] NIL FLAGS (\\Seen $X)",
        ])) func flags(items: String) throws
    {
        let (fetch, parts) = try fetch(items)
        #expect(fetch == expected { $0.flags = ["\\Seen", "$X"] } && parts.isEmpty)
    }

    @Test(
        arguments: chosen([
            "UID 7 FLAGS (%a $X \"b\" {c)", "UID 7 FLAGS (a(b)c $X)", "UID 7 FLAGS ($X \"my flag\" a((b)c)d)",
            "UID 7 FLAGS (é $X)",
        ]))
    func flagsThatAreNone(items: String) throws {
        let (fetch, parts) = try fetch(items)
        #expect(fetch == expected { $0.flags = ["$X"] } && parts == ["a flag in FETCH"])
    }

    /// Some servers tell keywords in lower case: what was claimed would not look so.
    @Test(arguments: chosen(["$mine", "$MINE", "$Mine"])) func ourKeywordsInAnyCase(flag: String) throws {
        var reader = ResponseReader(keywords: ["$Mine"])
        _ = try reader.read(wire("* OK x\n"))
        let response = try reader.read(wire("* 3 FETCH (UID 7 FLAGS (\(flag) $other))\n"))
        #expect(response == .fetch(expected { $0.flags = ["$Mine", "$other"] }))
    }

    /// A list that does not end is not an empty one: it would free what another daemon holds.
    @Test(
        arguments: chosen([
            "UID 7 FLAGS (a(b $X", "UID 7 FLAGS", "UID 7 FLAGS NILS", "FLAGS (a(b $X) UID 7",
            "UID 7 FLAGS () FLAGS ($X)",
        ]))
    func flagsThatNobodyKnows(items: String) throws {
        #expect(try fetch(items).0 == expected { $0.hasUnknownFlags = true })
    }

    @Test(
        arguments: [
            ("\"17-Jul-1996 02:44:25 -0700\"", 837_596_665), ("\" 7-jul-1996 02:44:25 +0900\"", 836_675_065),
            ("\"5-Nov-2026 09:30:00 +0900\"", 1_793_838_600), ("\"05-Nov-2026 9:30:00 +0900\"", 1_793_838_600),
            ("\"05-NOV-2026 00:30:00\"", 1_793_838_600), ("{26}\n17-Jul-1996 02:44:25 -0700", 837_596_665),
            ("NIL", nil),
        ] as [(String, Int64?)]) func internalDates(text: String, time: Int64?) throws
    {
        let (fetch, parts) = try fetch("UID 7 INTERNALDATE \(text) FLAGS ()")
        #expect(fetch == expected { ($0.internalDate, $0.flags) = (time, []) } && parts.isEmpty)
    }

    @Test(
        arguments: chosen([
            "00-Jan-0000 00:00:00 +0000", "17-Foo-1996 02:44:25 -0700", "", "x", "31-Feb-2026 00:00:00 +0000",
            "01-Jan-1969 00:00:00 +0000",
            "01-Jan-2026 25:00:00 +0000", "01-Jan-2026 00:00:00 0900", "01-Jan-2026", "01-Jan-20260 00:00:00 +0000",
            "1-1-2026 00:00:00 +0000",
        ])) func datesThatAreNone(text: String) throws
    {
        let (fetch, parts) = try fetch("UID 7 INTERNALDATE \"\(text)\" FLAGS ()")
        #expect(fetch == expected { $0.flags = [] })
        #expect(parts == (text.isEmpty ? [] : ["INTERNALDATE in FETCH"]))
    }

    @Test(arguments: chosen(["25-Nov-2026", "25-Nov-2026 09:30:00 +0900", "(\"x\")"])) func dateThatIsNoString(
        text: String
    ) throws {
        let (fetch, parts) = try fetch("UID 7 INTERNALDATE \(text) FLAGS ()")
        #expect(fetch == expected { $0.flags = [] } && parts == ["INTERNALDATE in FETCH"])
    }

    @Test(
        arguments: [
            ("UID 7 MODSEQ (12)", 12), ("UID 7 MODSEQ ( 12 )", 12), ("UID 7 MODSEQ 12", 12), ("UID 7 MODSEQ (0)", nil),
            ("UID 7 MODSEQ (9223372036854775807)", 9_223_372_036_854_775_807),
            ("UID 7 MODSEQ (9223372036854775808)", nil),
            ("UID 7 MODSEQ (x)", nil), ("UID 7 MODSEQ (1) MODSEQ (2)", nil),
        ] as [(String, UInt64?)]) func modSeqs(items: String, modSeq: UInt64?) throws
    {
        #expect(try fetch(items + " FLAGS ()").0 == expected { ($0.modSeq, $0.flags) = (modSeq, []) })
    }

    @Test(
        arguments: [
            ("BODY[] {6}\na)\n \0", "a)\r\n \0"), ("BODY[]<0> \"x\\\"y\\\\\"", "x\"y\\"), ("BODY[] NIL", ""),
            ("BODY[] \"\"", ""),
            ("BODY[]<0> {3+}\nabc", "abc"), ("BODY[] ~{3}\nabc", "abc"), ("BODY[]  {3}\nabc", "abc"),
            ("body[] {3}\nabc", "abc"), ("BODY.PEEK[]<0> {3}\nabc", "abc"), ("RFC822 {3}\nabc", "abc"),
        ] as [(String, String)]) func bodies(item: String, body: String) throws
    {
        #expect(try fetch("UID 7 \(item) FLAGS ()").0 == expected { ($0.body, $0.flags) = (Array(body.utf8), []) })
    }

    @Test(
        arguments: chosen([
            "BODY[]<5> {3}\nabc", "BODY[TEXT] {3}\nabc", "BODY[] NIL BODY[] \"x\"", "BODY[]<99999999999> NIL",
        ]))
    func bodiesThatAreNotTheStart(item: String) throws {
        #expect(try fetch("UID 7 \(item) FLAGS ()").0 == expected { $0.flags = [] })
    }

    @Test(arguments: chosen(["UID 0", "UID 18446744073709551617", "UID 4294967296", "UID x", "UID 7 UID 8"]))
    func uidsThatAreNone(item: String) throws {
        #expect(try fetch(item + " FLAGS ()").0 == FetchResponse(sequenceNumber: 3, flags: []))
    }

    @Test(
        arguments: [
            "UID 7 BODYSTRUCTURE " + String(repeating: "(", count: 977), "UID 7 X", "UID 7 X (\"a", "UID 7 X[",
            "UID 7 %", "UID 7) x (",
            "UID 7 BODY[] \"a\0b\"", "UID 7 BODY[] {99}\nabc",
        ]) func whatStandsBeforeTheEndOfSense(items: String) throws
    {
        #expect(try fetch(items).0 == expected { _ in })
    }

    @Test(arguments: chosen(["* 3 FETCH", "* 3 FETCH ", "* 3 FETCH (", "* 3 FETCH UID 7", "* 3 FETCH (UID"]))
    func fetchWithoutItems(text: String) throws {
        let (response, parts) = try read(text)
        #expect(response == .fetch(FetchResponse(sequenceNumber: 3)) && !parts.isEmpty)
    }

    // MARK: What libetpan sees

    @Test(
        arguments: [
            ("5 OK [PERMANENTFLAGS (%)] {7}", "5 OK -\r\n"), ("5 NO [TRYCREATE] x", "5 NO [TRYCREATE] -\r\n"),
            ("* NO [ALERT] x", "* NO -\r\n"),
            ("* BYE [UNAVAILABLE] x", "* BYE [UNAVAILABLE] -\r\n"), ("* OK [UIDNEXT 3] x", "* OK -\r\n"),
            ("+ [PERMANENTFLAGS (%)] x", "+ go on\r\n"),
            ("+ YQ==", "+ YQ==\r\n"), ("*  SEARCH  3 0 4 ", "* SEARCH 3 4\r\n"),
            ("* CAPABILITY % IDLE", "* CAPABILITY IDLE\r\n"), ("* CAPABILITY", ""),
            ("* 3 FETCH (FLAGS (\\Seen) BODY[] {3}\nabc UID 7)", "* 3 FETCH (UID 7)\r\n"), ("* 3 FETCH (FLAGS ())", ""),
            ("* 3 exists x", "* 3 EXISTS\r\n"),
            ("* 3 EXPUNGE", "* 3 EXPUNGE\r\n"), ("* NAMESPACE ((\"\" {3}\nabc)) NIL NIL", ""),
            ("* ID (\"name\" \"x\")", ""),
        ] as [(String, String)]) func canonical(text: String, shown: String) throws
    {
        #expect(String(decoding: try read(text).0.canonical, as: UTF8.self) == shown)
    }

    /// Whatever comes: never a crash; and what libetpan sees is one line of printable ASCII.
    @Test(arguments: chosen(0..<20)) func anyBytes(seed: UInt64) {
        var generator = Seeded(Seed.given ?? seed)
        let pieces = [
            "* ", "1 ", "OK ", "[", "]", "(", ")", "FETCH ", "UID ", "7 ", "FLAGS ", "\\", "{3}\r\n", "\"", "BODY[]",
            "<0>", " ", "\0", "%",
            "4294967296", "MODSEQ ", "PERMANENTFLAGS ", "SEARCH ", "CAPABILITY ", "NIL", "\r", "é", "+ ",
            "INTERNALDATE ", "ID ", "a(b)c",
        ]
        for _ in 0..<2_000 {
            var reader = ResponseReader()
            _ = try? reader.read(wire("* OK x\n"))
            var text = ["* ", "* 3 FETCH (UID 7 ", "* OK [", "5 OK [", ""].randomElement(using: &generator) ?? ""
            for _ in 0..<Int.random(in: 0...12, using: &generator) {
                text += pieces.randomElement(using: &generator) ?? ""
            }
            guard let response = try? reader.read(Array((text + "\r\n").utf8)), !response.canonical.isEmpty else {
                continue
            }
            #expect(
                response.canonical.dropLast(2).allSatisfy { 0x20...0x7E ~= $0 }
                    && response.canonical.suffix(2) == [13, 10], "seed \(seed)")
        }
    }
}
