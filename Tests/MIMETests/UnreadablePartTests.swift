import Testing
import Trials

@testable import MIME

@Suite struct UnreadablePartTests {
    private func parts(_ header: String) -> [UnreadablePart] {
        Entity(slice(Array((header + "\n\neJ8+\n").utf8)), limits: Limits()).unreadableParts(limits: Limits())
    }

    @Test(
        arguments: chosen(
            [
                ("application/pkcs7-mime; smime-type=signed-data", [.signed]),
                ("application/x-pkcs7-mime", [.encrypted]),
                ("Application/PKCS7-MIME; smime-type=enveloped-data", [.encrypted]), ("application/ms-tnef", [.tnef]),
                ("application/octet-stream; name=\"WINMAIL.DAT\"", [.tnef]),
                ("application/octet-stream; name=x.p7m", [.encrypted]),
                ("application/x-download; name=\"a.Pdf\"", [.pdf]), ("application/pdf", [.pdf]),
                ("message/rfc822", [.message]),
                ("multipart/encrypted; boundary=b", [.encryptedPGP]), ("text/plain; name=winmail.dat", []),
                ("image/png; name=a.pdf", []),
                ("application/pkcs7-signature; name=smime.p7s", []), ("", []), ("multipart/mixed", []),
                ("application/", []),
            ] as [(String, [UnreadablePart])]))
    func kinds(type: String, expected: [UnreadablePart]) {
        #expect(parts("Content-Type: \(type)") == expected)
    }

    @Test func eachKindOnceAndByItsDisposition() {
        let part =
            "--b\nContent-Type: application/octet-stream\nContent-Disposition: attachment; filename=winmail.dat\n\nx\n"
        let message =
            "Content-Type: multipart/mixed; boundary=b\n\n\(part)\(part)--b\nContent-Type: application/pdf\n\nx\n--b--\n"
        let entity = Entity(slice(Array(message.utf8)), limits: Limits())
        #expect(entity.unreadableParts(limits: Limits()) == [.tnef, .pdf])
    }
}
