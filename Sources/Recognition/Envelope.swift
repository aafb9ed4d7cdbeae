import FoundationEssentials
import MIME
import Messages

/// The fields of a mail's header on which its verdict is based.
struct Envelope {
    private let sender: Address?
    private let senderText: Bytes
    private let authservID: String?

    private(set) var fromCount = 0
    private(set) var subjectCount = 0
    private(set) var dateCount = 0
    /// Whether any From field holds the sender's address, in whatever company.
    private(set) var namesSender = false
    /// Whether the first From field holds the sender's address so that no reader can take it for another.
    private var isLiteral = false
    /// The one address of the first From field.
    private(set) var author: Address?
    private(set) var subject: Bytes?
    private(set) var date: Date?
    /// The topmost field of the server that is believed; where that is the one that names nobody, the topmost of all, if it does.
    private(set) var authenticationResults: AuthenticationResults?
    private var hasAuthenticationResults = false
    private var to: String?
    /// Topmost Delivered-To, X-Original-To, Envelope-To.
    private var delivered: [String?] = [nil, nil, nil]

    init(rules: RecognitionRules) {
        senderText = Array(rules.from.utf8)[...].trimmed
        sender = AddressList(senderText).only
        authservID = rules.requireAuthentication.isEmpty ? nil : rules.authservID
    }

    /// To be shown every field of the header, in order.
    mutating func read(_ field: HeaderFields.Field) {
        switch field.name.count {
        case 2 where to == nil && field.isNamed("To"): to = Self.recipient(field.value)
        case 4 where field.isNamed("From"):
            fromCount += 1
            let list = Self.addresses(field.value)
            if fromCount == 1 {
                author = list.only
                isLiteral = LiteralAddress(senderText, in: field.value).isTheOnlyOne
            }
            if let sender, list.addresses.contains(where: sender.isSame) { namesSender = true }
        case 4 where field.isNamed("Date"):
            dateCount += 1
            if dateCount == 1 { date = DateTime.parse(field.value) }
        case 7 where field.isNamed("Subject"):
            subjectCount += 1
            if subjectCount == 1 { subject = field.value }
        case 12 where delivered[0] == nil && field.isNamed("Delivered-To"): delivered[0] = Self.recipient(field.value)
        case 13 where delivered[1] == nil && field.isNamed("X-Original-To"): delivered[1] = Self.recipient(field.value)
        case 11 where delivered[2] == nil && field.isNamed("Envelope-To"): delivered[2] = Self.recipient(field.value)
        case 22 where authservID != nil && authenticationResults == nil && field.isNamed("Authentication-Results"):
            readAuthenticationResults(field.value)
        default: break
        }
    }

    private mutating func readAuthenticationResults(_ value: Bytes) {
        guard let authservID else { return }
        if authservID.isEmpty {
            if !hasAuthenticationResults { authenticationResults = AuthenticationResults(namingNobody: value) }
        } else if let results = AuthenticationResults(value), results.authservID.equalsIgnoringCase(authservID.utf8) {
            authenticationResults = results
        }
        hasAuthenticationResults = true
    }

    /// Whether no field is there twice that may be there once.
    var isUnambiguous: Bool { fromCount <= 1 && subjectCount <= 1 && dateCount <= 1 }

    /// Whether the only From field holds the sender's address and no other, whoever reads it.
    var isFromSender: Bool {
        guard let sender, let author else { return false }
        return fromCount == 1 && author.isSame(as: sender) && isLiteral
    }

    /// Why there are no results to believe.
    var missingAuthenticationResults: Text {
        guard let authservID, !authservID.isEmpty else {
            return hasAuthenticationResults
                ? Text(
                    "the topmost Authentication-Results names a server, but authserv_id = \"\" asks for one that names none"
                )
                : Text("there is no Authentication-Results field")
        }
        return Text("there is no Authentication-Results field from \(shown(authservID.utf8))")
    }

    /// Whom the mail is for: the first address of To, else the topmost of the fields that deliverers add.
    var recipient: String? { to ?? delivered.lazy.compactMap { $0 }.first }

    private static func recipient(_ value: Bytes) -> String? {
        guard let bytes = addresses(value.prefix(16 << 10)).addresses.first?.bytes, bytes.count <= 254,
            bytes.allSatisfy({ $0 &- 0x21 < 0x5E })
        else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Raw JIS and Shift_JIS look like quotes and brackets to a parser of addresses: they are decoded before it.
    private static func addresses(_ value: Bytes) -> AddressList {
        let isPlain = value.allSatisfy { $0 < 0x80 && $0 != 0x1B && $0 != 0 }
        return AddressList(isPlain ? value : Charset.decode(value, label: nil as Bytes?)[...])
    }
}
