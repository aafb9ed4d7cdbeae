import Testing
import Trials

@testable import IMAP

/// What a port speaks, by its first bytes.
struct PortLanguageTests {
    @Test(
        arguments: chosen([
            ("* OK ready\r\n", PortLanguage.imap), ("* ok", .imap), ("* BYE", .imap), ("* PREAUTH x", .imap),
            ("\u{15}\u{3}\u{1}\0\u{2}\u{2}2", .tls), ("\u{16}\u{3}\u{3}", .tls), ("\u{15}", nil), ("", nil),
            ("220 smtp", nil), ("+OK pop3", nil), ("HTTP/1.1 400", nil),
        ]))
    func itsFirstBytes(text: String, language: PortLanguage?) {
        #expect(PortLanguage(Array(text.utf8)) == language)
    }
}
