import Testing

@testable import IMAP

@Suite struct ComplaintsTests {
    private func heardNothingNew(_ complaints: inout Complaints) -> Bool { complaints.heardNothingNew() }

    /// Two after each other in answer to whatever is asked, and nothing new: opened anew, once.
    @Test func whatGoesOnIsOpenedAnew() {
        var complaints = Complaints()
        for _ in 0..<300 { complaints.heard(nil) }
        #expect(heardNothingNew(&complaints))
        complaints.heard(nil)
        complaints.heard(.plain("SERVERBUG"))
        #expect(!heardNothingNew(&complaints), "they went on in a mailbox that was opened anew")
        #expect(!heardNothingNew(&complaints))
        complaints.heard(nil)
        complaints.heard(nil)
        #expect(heardNothingNew(&complaints), "they had ended")
    }

    @Test func oneAloneIsAWarning() {
        var complaints = Complaints()
        for _ in 0..<10 {
            complaints.heard(nil)
            #expect(!heardNothingNew(&complaints))
        }
    }

    @Test(arguments: ["ALERT", "OVERQUOTA"]) func whatIsOfTheAccount(code: String) {
        var complaints = Complaints()
        for _ in 0..<10 { complaints.heard(.plain(code)) }
        #expect(!heardNothingNew(&complaints))
    }

    /// As Dovecot 2.4 does it: RFC 3501, section 7.1.2.
    ///
    ///     S: * NO Internal error occurred. Refer to server log for more information.
    ///     S: 8 OK NOOP completed
    @Test func aSessionThatIsDeaf() throws {
        var watch = Dialogue()
        try watch.idle()
        for pause in [8.0, 32] {
            _ = watch.wait(pause)
            _ = try watch.server("3 OK", "4 OK", "5 OK", "+ idling")
        }
        _ = watch.wait(500)
        #expect(try watch.server("* NO Internal error occurred.", "7 OK", "* NO Internal error occurred.") == [])
        #expect(
            try watch.server("* STATUS INBOX (MESSAGES 0 UIDNEXT 5 UIDVALIDITY 1)", "8 OK").last
                == .end(.mailboxUnsound(name: "INBOX")))
    }
}
