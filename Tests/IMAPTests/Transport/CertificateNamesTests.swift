import Testing
import Trials

@testable import IMAP

/// Which hosts a certificate is for. RFC 9525, section 6
struct CertificateNamesTests {
    private static let covered = [
        ("mail.example", "mail.example"), ("*.example.co.jp", "mail.example.co.jp"), ("localhost", "localhost"),
        ("xn--zckzah.example", "xn--zckzah.example"),
    ]
    private static let uncovered = [
        ("mail.example", "mail.example.org"), ("mail.example", "example"), ("example", "mail.example"),
        ("*.example.co.jp", "example.co.jp"), ("*.example.co.jp", "a.b.example.co.jp"),
        ("*.example.co.jp", ".example.co.jp"),
        ("m*.example.co.jp", "mail.example.co.jp"), ("*ail.example.co.jp", "mail.example.co.jp"),
        ("mail.*.co.jp", "mail.example.co.jp"), ("*.*.co.jp", "mail.example.co.jp"), ("*.jp", "example.jp"),
        ("*", "localhost"), ("*", "*"), ("", ""),
        ("127.0.0.1", "127.0.0.1"), ("mail.example\0.evil.example", "mail.example"), ("mail.example.", "mail.example"),
    ]

    @Test(arguments: chosen(covered)) func itCovers(_ name: String, _ host: String) {
        #expect(CertificateNames(names: [name]).cover(host))
        #expect(CertificateNames(names: ["another.example", name]).cover(host))
    }

    @Test(arguments: chosen(uncovered)) func itDoesNotCover(_ name: String, _ host: String) {
        #expect(!CertificateNames(names: [name]).cover(host))
    }

    @Test func addresses() {
        let names = CertificateNames(addresses: [[192, 0, 2, 1], [UInt8](repeating: 0, count: 15) + [1]])
        #expect(names.cover("192.0.2.1") && names.cover("::1") && names.cover("0:0:0:0:0:0:0:1"))
        #expect(!names.cover("192.0.2.2") && !names.cover("::2") && !names.cover("example"))
    }

    @Test func whatIsShownIsBounded() {
        let letters = String(repeating: "a", count: 101)
        let names = CertificateNames(
            names: ["mail.example", "a b", "x\u{1b}[0m", letters, "*.example.org", "お客様.example", ""],
            addresses: [[127, 0, 0, 1], [1], [UInt8](repeating: 0, count: 15) + [1], [9, 9, 9, 9]])
        #expect(names.shown == ["mail.example", "*.example.org", "127.0.0.1", "::1"])
    }

    @Test func theHostAsItIsCompared() {
        let hosts = ["mail.example", "mail.example.", "Mail.EXAMPLE", "Mail.Example."]
        for host in hosts {
            #expect(Endpoint(host: host, port: 993, protection: .implicit).name == "mail.example")
        }
        #expect(Endpoint(host: "::1", port: 993, protection: .implicit).name == "::1")
    }
}
