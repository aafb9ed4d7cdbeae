import MIME
import Messages

/// What could not be read in a refused mail, worded for an operator.
enum UnreadableContent {
    /// One line, nil where all could be read.
    static func detail(_ parts: [UnreadablePart], texts: [[UInt8]]) -> Text? {
        var names = parts.map(\.detail)
        if parts.isEmpty, texts.contains(where: holdsArmour) { names.append(UnreadablePart.encryptedPGP.detail) }
        return names.isEmpty ? nil : Text("what the daemon cannot read: \(Text.list(Array(names.prefix(3))))")
    }

    /// OpenPGP's armour within a text (RFC 9580, 6.2).
    private static func holdsArmour(_ text: [UInt8]) -> Bool {
        Lines(text[...]).contains { $0.starts(with: "-----BEGIN PGP MESSAGE-----".utf8) }
    }
}

extension UnreadablePart {
    /// The part's type, what it is, and what helps.
    var detail: Text {
        switch self {
        case .signed: Text("application/pkcs7-mime (S/MIME, the text inside its signature)")
        case .encrypted: Text("application/pkcs7-mime (S/MIME, encrypted)")
        case .encryptedPGP: Text("multipart/encrypted (OpenPGP)")
        case .tnef: Text("application/ms-tnef (winmail.dat, as Exchange and Outlook produce it)")
        case .pdf: Text("application/pdf")
        case .message:
            Text("message/rfc822 (a mail within this one, as SpamAssassin's report encloses it: report_safe 0)")
        }
    }
}
