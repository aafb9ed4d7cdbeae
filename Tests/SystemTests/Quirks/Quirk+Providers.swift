extension Quirk {
    /// What the large ones say, as far as it is known in public.
    static let gmail = Quirk("gmail") {
        $0.firstCapabilities =
            "IMAP4rev1 UNSELECT IDLE NAMESPACE QUOTA ID XLIST CHILDREN X-GM-EXT-1 XYZZY SASL-IR AUTH=XOAUTH2 AUTH=PLAIN AUTH=PLAIN-CLIENTTOKEN AUTH=OAUTHBEARER"
        $0.capabilities =
            "IMAP4rev1 UNSELECT IDLE NAMESPACE QUOTA ID XLIST CHILDREN X-GM-EXT-1 UIDPLUS COMPRESS=DEFLATE ENABLE MOVE CONDSTORE ESEARCH UTF8=ACCEPT LIST-EXTENDED LIST-STATUS LITERAL- SPECIAL-USE APPENDLIMIT=35651584 OBJECTID"
        $0.answered = { answer, _ in
            switch answer.request.name {
            case "GREETING": answer.lines = ["* OK Gimap ready for requests from 192.0.2.1 d2e1a72fcca58mb1234567qkb"]
            case "AUTHENTICATE":
                answer.lines = [
                    "* CAPABILITY IMAP4rev1 UNSELECT IDLE NAMESPACE QUOTA ID XLIST CHILDREN X-GM-EXT-1 UIDPLUS"
                ]
                answer.end = "OK user@example.co.jp authenticated (Success)"
            case "SELECT":
                answer.edit("* FLAGS") {
                    $0 = "* FLAGS (\\Answered \\Flagged \\Draft \\Deleted \\Seen $NotPhishing $Phishing)"
                }
                answer.edit("* OK [PERMANENTFLAGS") {
                    $0 =
                        "* OK [PERMANENTFLAGS (\\Answered \\Flagged \\Draft \\Deleted \\Seen $NotPhishing $Phishing \\*)] Flags permitted."
                }
                answer.end = "OK [READ-WRITE] INBOX selected. (Success)"
            case "STORE":
                // It tells the flags, SILENT or not.
                answer.end = "OK Success"
            case "IDLE": answer.lines[0] = "+ idling"
            default: if answer.end == "OK done" { answer.end = "OK Success" }
            }
        }
    }

    static let exchangeOnline = Quirk("exchange-online") {
        ($0.claims, $0.mark) = ("marked", "\\Flagged")
        $0.capabilities =
            "IMAP4 IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR UIDPLUS MOVE ID UNSELECT CHILDREN IDLE NAMESPACE LITERAL+"
        $0.fetched = { items in items.size = items.size.map { _ in "19189" } }
        $0.refuses = { request, _ in
            request.name == "STORE" && request.arguments.contains("$") ? "BAD Command Argument Error. 11" : nil
        }
        $0.answered = { answer, _ in
            switch answer.request.name {
            case "GREETING":
                answer.lines = ["* OK The Microsoft Exchange IMAP4 service is ready. [TQBXADIAUABSADAAMQA=]"]
            case "ID":
                (answer.lines, answer.end) = (
                    ["* ID (\"name\" \"Microsoft.Exchange.Imap4.Imap4Server\" \"version\" \"15.20\")"],
                    "OK ID completed"
                )
            case "SELECT":
                answer.edit("* FLAGS") { $0 = "* FLAGS (\\Seen \\Answered \\Flagged \\Deleted \\Draft $MDNSent)" }
                answer.edit("* OK [PERMANENTFLAGS") {
                    $0 =
                        "* OK [PERMANENTFLAGS (\\Seen \\Answered \\Flagged \\Deleted \\Draft $MDNSent)] Permanent flags"
                }
                answer.end = "OK [READ-WRITE] SELECT completed."
            case "IDLE": answer.lines[0] = "+ IDLE accepted, awaiting DONE command."
            default: if answer.end == "OK done" { answer.end = "OK \(answer.request.name) completed." }
            }
        }
    }

    static let yahoo = Quirk("yahoo") {
        ($0.claims, $0.mark) = ("marked", "\\Flagged")
        $0.firstCapabilities =
            "IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=XOAUTH2 AUTH=OAUTHBEARER ID MOVE NAMESPACE XYMHIGHESTMODSEQ UIDPLUS LITERAL+ CHILDREN X-MSG-EXT UNSELECT OBJECTID"
        $0.capabilities =
            "IMAP4rev1 ID MOVE NAMESPACE XYMHIGHESTMODSEQ UIDPLUS LITERAL+ CHILDREN X-MSG-EXT UNSELECT OBJECTID IDLE"
        $0.refuses = { request, _ in
            request.name == "STORE" && request.arguments.contains("$") ? "NO [CANNOT] STORE keyword" : nil
        }
        $0.answered = { answer, _ in
            switch answer.request.name {
            case "SELECT":
                answer.edit("* OK [PERMANENTFLAGS") {
                    $0 = "* OK [PERMANENTFLAGS (\\Answered \\Deleted \\Draft \\Flagged \\Seen)] Permanent Flags"
                }
                answer.lines.append("* OK [HIGHESTMODSEQ 917162500] Highest")
            case "IDLE": answer.lines[0] = "+ idling"
            default: if answer.end == "OK done" { answer.end = "OK \(answer.request.name) completed" }
            }
        }
    }
}
