import IMAP
import Messages

extension TLSFault {
    /// What an operator can do about it.
    var advice: Text {
        switch self {
        case .notTLS(let language): Self.advice(onPortOf: language)
        case .tooOld:
            Text(
                "TLS 1.2 or later is required: the server's operator must enable it (Dovecot: ssl_min_protocol) or upgrade the server."
            )
        case .nothingInCommon:
            Text(
                "The server's operator must enable modern ciphers (ECDHE, or DHE of at least 2048 bits, with AES-GCM or ChaCha20)."
            )
        case .wantsClientCertificate:
            Text(
                "The daemon cannot present one: the server's operator must not require one on this port (Dovecot: auth_ssl_require_client_cert), because the password or token already says who logs in. Otherwise stunnel on this machine can present one: host = \"127.0.0.1\", tls = \"off\"."
            )
        case .unknownName:
            Text(
                "Set host to the name that the server's operator gives for IMAP, not to an alias or another name of the machine."
            )
        case .reset:
            Text(
                "Something cuts off TLS to this port: a firewall or a filter on the path, or the server itself, if it rejects this address (an access list, fail2ban). Try from this machine and from another: openssl s_client -connect HOST:PORT"
            )
        case .closed:
            Text(
                "If this port does not speak TLS from the start (as 993 does), set tls = \"starttls\". If it does, the server's log says why: an access list, too many connections, no server certificate."
            )
        case .silent:
            Text(
                "Usually large packets are being lost on the path (the MTU of a VPN, a tunnel or PPPoE, with ICMP filtered): try ping -M do -s 1472 HOST, and lower the MTU or clamp the MSS. Otherwise a firewall or a hung server accepts the connection and passes nothing on, or this port expects something other than TLS."
            )
        case .handshake:
            Text("For more, see the server's log or run: openssl s_client -connect HOST:PORT")
        case .notSetUp:
            Text("Give the daemon more memory, and check that GnuTLS is installed correctly.")
        case .certificate(let fault): fault.advice
        }
    }

    private static func advice(onPortOf language: PortLanguage?) -> Text {
        switch language {
        case .imap:
            Text(
                "This port speaks IMAP without TLS: set tls = \"starttls\" (usually port 143), or use the implicit TLS port (993)."
            )
        case .smtp:
            Text("This port accepts mail (SMTP). IMAP with TLS is usually on port 993.")
        case .pop3:
            Text("This port speaks POP3. IMAP with TLS is usually on port 993.")
        case .http:
            Text(
                "A web server or a proxy answers on this port: check host and port. IMAP with TLS is usually on port 993."
            )
        case .ssh:
            Text(
                "An SSH server answers on this port: check host and port. IMAP with TLS is usually on port 993.")
        case .tls, nil:
            Text("Check host and port: IMAP with TLS is usually on port 993.")
        }
    }
}
