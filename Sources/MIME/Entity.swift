/// A header and the body after it (RFC 2045, 2.4): a message, or a part of one.
public struct Entity: Sendable {
    /// `type/subtype`, lower case; what is missing or unreadable is text/plain (RFC 2045, 5.2).
    public private(set) var contentType: ParameterizedField
    /// How the body is encoded (RFC 2045, 6.1).
    public private(set) var transferEncoding: TransferEncoding
    /// Whether a Content-Disposition says that a reader does not see it in the mail. An unknown disposition is an
    /// attachment (RFC 2183, 2.8).
    public private(set) var isAttachment: Bool
    private var disposition: Bytes = []
    /// What follows the header, still encoded.
    public private(set) var body: Bytes
    /// Bytes of the header, with the empty line after it.
    public private(set) var headerLength: Int
    /// Whether any line of the header is no field.
    public private(set) var hasOtherLines: Bool
    /// The first bound that the header exceeds. The fields were read to the end nevertheless.
    public private(set) var fault: MalformedMessage?
    /// Whether the header ends with an empty line, rather than with the message.
    public private(set) var isHeaderComplete: Bool

    /// Takes linear time. `visit` is shown every field, in order.
    public init(_ bytes: Bytes, limits: Limits, visit: (HeaderFields.Field) -> Void = { _ in }) {
        var type: Bytes?
        var encoding: Bytes?
        isAttachment = false
        var count = 0
        var fields = HeaderFields(bytes)
        while let field = fields.next() {
            count += 1
            visit(field)
            // Nearly all fields are told apart by their length and first letter.
            switch field.name.count {
            case 12 where type == nil && field.isNamed("Content-Type"): type = field.value
            case 25 where encoding == nil && field.isNamed("Content-Transfer-Encoding"): encoding = field.value
            case 19 where field.isNamed("Content-Disposition"):
                let value = ParameterizedField(field.value).value
                if !value.isEmpty, value != Array("inline".utf8) { isAttachment = true }
                disposition = field.value
            default: break
            }
        }
        contentType = ParameterizedField(type ?? [])
        transferEncoding = TransferEncoding(encoding ?? [])
        body = fields.body
        headerLength = fields.bytesRead
        hasOtherLines = fields.hasOtherLines
        isHeaderComplete = fields.isComplete
        fault =
            count > limits.headerFields
            ? .tooManyHeaderFields : fields.bytesRead > limits.header ? .headerTooLarge : nil
    }

    /// What the part is called as a file.
    var fileName: [UInt8]? {
        ParameterizedField(disposition).parameter("filename") ?? contentType.parameter("name")
    }

    /// What the body is, as far as it matters here.
    var kind: Kind {
        let type = contentType.value
        if type.starts(with: "multipart/".utf8) { return .multipart }
        if type == Array("text/html".utf8) || type == Array("application/xhtml+xml".utf8) { return .html }
        // Without a type, or with half a one.
        if type.isEmpty || type == Array("text/plain".utf8) || type == Array("text".utf8) { return .plain }
        return type.contains(UInt8(ascii: "/")) ? .other : .plain
    }

    enum Kind { case plain, html, multipart, other }
}

/// Content-Transfer-Encoding (RFC 2045, 6). An unknown one is treated as none: the bytes decide.
public enum TransferEncoding: Sendable {
    case identity, base64, quotedPrintable

    init(_ field: Bytes) {
        let name = ParameterizedField(field).value
        if name.starts(with: "base64".utf8) {
            self = .base64
        } else if name.starts(with: "quoted-printable".utf8) {
            self = .quotedPrintable
        } else {
            self = .identity
        }
    }
}
