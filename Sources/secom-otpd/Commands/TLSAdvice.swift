import IMAP
import Messages

extension TLSFault {
    /// What an operator can do about it.
    var advice: Text {
        switch self {
        case .notTLS(let language): Self.advice(onPortOf: language)
        case .tooOld:
            Text(
                "TLS 1.2 is the least that will do: the server's operator must allow it (Dovecot: ssl_min_protocol), or renew the server.")
        case .nothingInCommon:
            Text(
                "The server's operator must allow today's ciphers (ECDHE or DHE of 2048 bits, with AES-GCM or ChaCha20).")
        case .wantsClientCertificate:
            Text(
                "The daemon has none to show: the server's operator must ask for none on this port (Dovecot: auth_ssl_require_client_cert), since the password or token says who logs in. Else stunnel on this machine can show one: host = \"127.0.0.1\", tls = \"off\".")
        case .unknownName:
            Text(
                "Set host to the name that the server's operator tells for IMAP, not to an alias or another name of the machine.")
        case .reset:
            Text(
                "Something cuts TLS to this port: a firewall or a filter on the way, or the server, which turns this address away (an access list, fail2ban). Try from this machine and from another: openssl s_client -connect HOST:PORT")
        case .closed:
            Text(
                "Does port speak TLS from the first byte (993)? Else set tls = \"starttls\". If it does, the server's log tells why: an access list, too many connections, no certificate of its own.")
        case .silent:
            Text(
                "Most often large packets are lost on the way (the MTU of a VPN, a tunnel or PPPoE, while ICMP is filtered): try ping -M do -s 1472 HOST, and lower the MTU or clamp the MSS. Else a firewall or a hanging server takes the connection and passes nothing on, or port waits for something other than TLS.")
        case .handshake:
            Text("The server's log tells more, and so does: openssl s_client -connect HOST:PORT")
        case .notSetUp:
            Text("Give the daemon more memory; is its GnuTLS whole?")
        case .certificate(let fault): fault.advice
        }
    }

    private static func advice(onPortOf language: PortLanguage?) -> Text {
        switch language {
        case .imap:
            Text(
                "This port speaks IMAP without TLS: tls = \"starttls\" (most often port 143), or the port of implicit TLS (993).")
        case .smtp:
            Text("This port takes mail in (SMTP). IMAP with TLS is most often on port 993.")
        case .pop3:
            Text("This port speaks POP3. IMAP with TLS is most often on port 993.")
        case .http:
            Text(
                "A web server or a proxy answers there: check host and port. IMAP with TLS is most often on port 993.")
        case .ssh:
            Text(
                "An SSH server answers there: check host and port. IMAP with TLS is most often on port 993.")
        case .tls, nil:
            Text("Check host and port: IMAP with TLS is most often on port 993.")
        }
    }
}
