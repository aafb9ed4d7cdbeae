import CLibEtPan
import Glibc
import Secrets

/// How a mailbox's user proves who they are.
public enum Credential: Sendable {
    case password(Secret)
    /// An OAuth 2.0 access token, for XOAUTH2.
    case accessToken(Secret)
}

extension Session {
    /// Logs in: XOAUTH2 with a token; else SASL PLAIN (RFC 4616), SCRAM-SHA-256 (RFC 7677) or LOGIN, as the server offers.
    /// Never in the clear, but to a server on this machine.
    func logIn(_ user: String, _ credential: Credential) throws(IMAPError) {
        if Int(imap.pointee.imap_state) == MAILIMAP_STATE_AUTHENTICATED { return }
        guard stream.connection.isProtected || stream.connection.isLoopback else {
            throw .loginImpossible(reason: "the connection is not protected")
        }
        switch credential {
        case .accessToken(let token):
            guard offers("AUTH=XOAUTH2") else { throw .loginImpossible(reason: "the server does not offer XOAUTH2") }
            try authenticate("XOAUTH2", [Array("user=\(user)\u{1}auth=Bearer ".utf8)], token, [1, 1])
        case .password(let password):
            if offers("AUTH=PLAIN") {
                try authenticate("PLAIN", [[0], Array(user.utf8), [0]], password, [])
            } else if offers("AUTH=SCRAM-SHA-256"), try scramLogIn(user, password) {
                break
            } else if !offers("LOGINDISABLED") {
                try plainLogIn(user, password)
            } else {
                throw .loginImpossible(
                    reason:
                        "the server offers neither AUTH=PLAIN nor LOGIN, nor SCRAM-SHA-256 where libsasl2-modules has it"
                )
            }
        }
        imap.pointee.imap_state = Int32(MAILIMAP_STATE_AUTHENTICATED)
        try askCapabilities()
    }

    /// AUTHENTICATE (RFC 3501, section 6.2.2), with the response in the same flight where the server takes it (RFC 4959).
    private func authenticate(
        _ mechanism: String, _ before: [[UInt8]], _ secret: Secret, _ after: [UInt8]
    ) throws(IMAPError) {
        // One array, never grown: growing would leave copies behind.
        var message: [UInt8] = []
        message.reserveCapacity(before.reduce(secret.count + after.count) { $0 + $1.count })
        for part in before { message += part }
        secret.withBytes { message += $0 }
        message += after
        var response = Base64.encode(message)
        message.wipe()
        response.append(contentsOf: [13, 10])
        defer {
            response.wipe()
            wipeWriteBuffer()
        }
        stream.begin("the login", until: .after(Self.commandTimeout))
        imap.pointee.imap_tag += 1
        let tag = imap.pointee.imap_tag
        let sendsAtOnce = offers("SASL-IR")
        var isSent = sendsAtOnce
        var line = Array("\(tag) AUTHENTICATE \(mechanism)\(sendsAtOnce ? " " : "\r\n")".utf8)
        if sendsAtOnce {
            line.reserveCapacity(line.count + response.count)
            line += response
        }
        defer { line.wipe() }
        try stream.send(line)
        while true {
            switch try stream.next().kind {
            case .continuation:
                // After the response it is XOAUTH2's error, which an empty line acknowledges.
                try stream.send(isSent ? [13, 10] : response)
                isSent = true
            case .tagged(tag, .ok): return
            case .tagged(tag, _): throw refusedLogin()
            case .tagged: throw .breach(.unexpectedTag)
            case .status(.bye): throw .closed(command: "the login", code: folder.byeCode)
            default: break
            }
        }
    }

    /// By libetpan and Cyrus SASL. False where this machine has not that mechanism, so that nothing was sent.
    private func scramLogIn(_ user: String, _ password: Secret) throws(IMAPError) -> Bool {
        var bytes = password.withBytes { Array($0) } + [0]
        defer {
            bytes.wipe()
            wipeWriteBuffer()
        }
        stream.begin("the login", until: .after(Self.commandTimeout))
        folder.tagged = nil
        let result = bytes.withUnsafeBytes {
            Int(
                mailimap_authenticate(
                    imap, "SCRAM-SHA-256", stream.connection.endpoint.host, nil, nil, user, user,
                    $0.baseAddress?.assumingMemoryBound(to: CChar.self), nil))
        }
        if result == MAILIMAP_NO_ERROR { return true }
        guard folder.tagged != nil || stream.failure != nil else { return false }
        throw result == MAILIMAP_ERROR_LOGIN && stream.failure == nil ? refusedLogin() : failure(result)
    }

    /// LOGIN (RFC 3501, section 6.2.3). libetpan would pass CR and LF through.
    private func plainLogIn(_ user: String, _ password: Secret) throws(IMAPError) {
        var bytes = password.withBytes { Array($0) } + [0]
        defer {
            bytes.wipe()
            wipeWriteBuffer()
        }
        guard !bytes.dropLast().contains(where: { $0 == 0 || $0 == 10 || $0 == 13 }) else {
            throw .credential(reason: "the password contains a NUL or a line end")
        }
        stream.begin("the login", until: .after(Self.commandTimeout))
        let result = bytes.withUnsafeBytes {
            Int(mailimap_login(imap, user, $0.baseAddress?.assumingMemoryBound(to: CChar.self)))
        }
        guard result == MAILIMAP_NO_ERROR else {
            throw result == MAILIMAP_ERROR_LOGIN ? refusedLogin() : failure(result)
        }
    }

    /// A refusal that tells of the server's state is no refusal of the user (RFC 5530, section 3).
    private func refusedLogin() -> IMAPError {
        let code = folder.tagged?.completion.code
        let passing: Set<String> = ["UNAVAILABLE", "SERVERBUG", "INUSE", "LIMIT", "CONTACTADMIN"]
        if let code, passing.contains(code) { return .refused(command: "the login", code: code) }
        return .loginRefused(code: code)
    }
}
