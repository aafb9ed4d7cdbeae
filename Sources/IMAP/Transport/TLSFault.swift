import Messages

/// Why TLS could not be established. Each case calls for different action by the operator.
public enum TLSFault: Equatable, Sendable {
    /// Something answers there, in the clear: in this language, where it is one that is known.
    case notTLS(PortLanguage?)
    /// The server speaks no TLS newer than 1.1.
    case tooOld
    /// The server and this side have no cipher, group or signature in common, or its keys for the exchange are too short.
    case nothingInCommon
    /// The server wants a certificate of its client's.
    case wantsClientCertificate
    /// The server says that it does not know the name it was asked for (server_name, RFC 6066, section 3).
    case unknownName
    /// The server, or something on the way to it, reset the connection within the handshake.
    case reset
    /// The server ended the connection within the handshake.
    case closed
    /// The connection is established, the ClientHello is out, and nothing comes; `isMidway`: nothing more after a first part.
    case silent(isMidway: Bool)
    /// The handshake failed in another way: GnuTLS's words, or the alert's name.
    case handshake(reason: Text)
    /// Nothing that the server did.
    case notSetUp(reason: Text)
    /// The handshake went well, and the certificate is not to be trusted.
    case certificate(CertificateFault)
}

extension TLSFault: TextConvertible {
    /// As an error names it: GnuTLS's words, or ours, with no more of the server's than the names and days of its certificate.
    public var text: Text {
        switch self {
        case .notTLS(let language?): Text("the server speaks \(language.name) on this port, without TLS")
        case .notTLS(nil): Text("what answers on this port does not speak TLS")
        case .tooOld: Text("the server supports no TLS version newer than 1.1")
        case .nothingInCommon: Text("the server offers no cipher or key exchange that is strong enough")
        case .wantsClientCertificate: Text("the server requires a client certificate")
        case .unknownName: Text("the server says that it does not know this host name")
        case .reset: Text("the connection was reset during the handshake")
        case .closed: Text("the server closed the connection during the handshake")
        case .silent(isMidway: false): Text("the connection was established, but the first TLS packet got no answer")
        case .silent(isMidway: true): Text("the server began the handshake and then sent nothing more")
        case .handshake(let reason), .notSetUp(let reason): reason
        case .certificate(let fault): fault.text
        }
    }
}
