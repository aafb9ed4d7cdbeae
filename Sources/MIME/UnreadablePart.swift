/// A part that may contain the text and cannot be read.
public enum UnreadablePart: Sendable, Hashable, CaseIterable {
    /// S/MIME with the text inside its signature (RFC 8551, 3.5.2).
    case signed
    /// S/MIME, encrypted (RFC 8551, 3.3).
    case encrypted
    /// OpenPGP, encrypted (RFC 3156, 4).
    case encryptedPGP
    /// Outlook's winmail.dat ([MS-OXTNEF]).
    case tnef
    case pdf
    /// A mail within the mail (RFC 2046, 5.2.1), as a filter's report encloses one.
    case message

    /// By type, and where that says nothing, by the name of the file.
    init?(_ entity: Entity) {
        let type = String(decoding: entity.contentType.value.prefix(80), as: UTF8.self)
        switch type {
        case "application/pkcs7-mime", "application/x-pkcs7-mime":
            let kind = entity.contentType.parameter("smime-type") ?? []
            self = kind.equalsIgnoringCase("signed-data") ? .signed : .encrypted
        case "multipart/encrypted", "application/pgp-encrypted": self = .encryptedPGP
        case "application/ms-tnef", "application/vnd.ms-tnef": self = .tnef
        case "application/pdf", "application/x-pdf": self = .pdf
        case "message/rfc822", "message/global": self = .message
        default:
            guard type.hasPrefix("application/") else { return nil }
            let name = String(decoding: (entity.fileName ?? []).suffix(80).map(\.lowercased), as: UTF8.self)
            switch name {
            case "winmail.dat", "win.dat": self = .tnef
            case _ where name.hasSuffix(".p7m"): self = .encrypted
            case _ where name.hasSuffix(".pdf"): self = .pdf
            case _ where name.hasSuffix(".eml"): self = .message
            case _ where name.hasSuffix(".pgp") || name.hasSuffix(".gpg"): self = .encryptedPGP
            default: return nil
            }
        }
    }
}
