import Testing
import Trials

@testable import IMAP

/// What a port speaks, by its first bytes.
struct PortLanguageTests {
    @Test(
        arguments: chosen([
            ("* OK ready\r\n", PortLanguage.imap), ("* ok", .imap), ("* BYE", .imap), ("* PREAUTH x", .imap),
            ("\u{15}\u{3}\u{1}\0\u{2}\u{2}2", .tls), ("\u{16}\u{3}\u{3}", .tls), ("\u{15}", nil), ("", nil),
            ("220 smtp", .smtp), ("220-mail.example", .smtp), ("554 no", .smtp), ("+OK pop3", .pop3),
            ("HTTP/1.1 400", .http), ("<html>", .http), ("SSH-2.0-OpenSSH", .ssh), ("2200", nil), ("hello", nil),
            ("* O", nil), ("\u{0}", nil),
        ]))
    func itsFirstBytes(text: String, language: PortLanguage?) {
        #expect(PortLanguage(Array(text.utf8)) == language)
    }
}
