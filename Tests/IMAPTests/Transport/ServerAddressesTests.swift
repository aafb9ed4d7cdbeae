import Glibc
import Testing
import Trials

@testable import IMAP

/// What the end of a session says of its address.
struct ServerAddressesTests {
    private static let address = SocketAddress(family: AF_INET, bytes: [1])
    private static let faults: [IMAPError] = [
        .timeout(during: .greeting), .timeout(during: .tlsHandshake), .timeout(during: .login),
        .closed(during: .greeting, code: "BYE"), .closed(during: .greeting, code: nil), .breach(.unexpectedTag),
        .tls(host: "h", .closed), .tls(host: "h", .handshake(reason: "x")), .tls(host: "h", .silent(isMidway: false)),
        .tls(host: "h", .notTLS(nil)),
    ]
    private static let others: [IMAPError] = [
        .tls(host: "h", .certificate(.wrongName(has: []))), .tls(host: "h", .certificate(.unknownAuthority)),
        .tls(host: "h", .certificate(.expired(on: nil))), .tls(host: "h", .notSetUp(reason: "x")),
        .loginRefused(code: nil), .cancelled, .startTLS(.notOffered),
        .certificates(file: "f", reason: "x"), .mailbox(name: "INBOX", code: nil), .credential(reason: "x"),
    ]

    @Test(arguments: chosen(faults)) func theAddressIsInDoubt(_ error: IMAPError) {
        #expect(error.mayBeOfOneAddress)
        var addresses = ServerAddresses()
        addresses.opened(Self.address)
        addresses.ended(error, hasServed: false)
        #expect(addresses.memory.doubtful == [Self.address])
        // It is no session's any more.
        addresses.ended(error, hasServed: true)
        #expect(addresses.memory.doubtful == [Self.address])
    }

    @Test(arguments: chosen(others)) func theAddressIsNotToBlame(_ error: IMAPError) {
        #expect(!error.mayBeOfOneAddress)
        var addresses = ServerAddresses()
        addresses.opened(Self.address)
        addresses.ended(error, hasServed: false)
        #expect(addresses.memory.doubtful.isEmpty)
    }

    @Test func aRefusedCertificateIsTriedLastAndNoOtherInItsPlace() {
        let error = IMAPError.tls(host: "h", .certificate(.expired(on: nil)))
        #expect(error.speaksAgainstAddress && !error.mayBeOfOneAddress)
        #expect(!IMAPError.tls(host: "h", .notSetUp(reason: "x")).speaksAgainstAddress)
        #expect(!IMAPError.cancelled.speaksAgainstAddress)
    }

    @Test(arguments: chosen(faults)) func whatWatchedTheMailboxIsGood(_ error: IMAPError) {
        var addresses = ServerAddresses()
        addresses.failed(Self.address)
        addresses.opened(Self.address)
        addresses.ended(error, hasServed: true)
        #expect(addresses.memory.doubtful.isEmpty)
    }
}
