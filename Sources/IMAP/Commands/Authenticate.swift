import Messages
import Secrets

extension Session {
    /// Logs in: XOAUTH2 with a token; else SASL PLAIN (RFC 4616), SCRAM-SHA-256 (RFC 7677) or LOGIN, as the server offers.
    /// Never in the clear, but to a server on this machine.
    ///
    /// - Parameter hasWorked: the server took this very login before.
    func logIn(_ user: String, _ credential: Credential, hasWorked: Bool = false) throws(IMAPError) {
        if libetpan.isAuthenticated { return }
        guard stream.connection.isProtected || stream.connection.isLoopback else {
            throw .loginImpossible(.notProtected)
        }
        switch credential {
        case .accessToken(let token):
            guard offers("AUTH=XOAUTH2") else { throw .loginImpossible(.noXOAUTH2) }
            let refusal = LoginRefusal(isToken: true, hasWorked: hasWorked)
            let status = try authenticate(
                "XOAUTH2", [Array("user=\(user)\u{1}auth=Bearer ".utf8)], token, [1, 1], hasWorked: hasWorked)
            guard status.condition == .ok else { throw refusal.error(status, before: stateTold) }
        case .password(let password):
            let refusal = LoginRefusal(hasWorked: hasWorked)
            var refused: StatusResponse?
            if offers("AUTH=PLAIN") {
                let status = try authenticate(
                    "PLAIN", [[0], Array(user.utf8), [0]], password, [], hasWorked: hasWorked)
                if status.condition == .ok { break }
                refused = status
                // Offered and not understood: a proxy offers what its server does not have. Where it was understood before, the server has other
                // reasons, and each try may count against the account.
                guard !hasWorked, status.isAboutMechanism, status.state == nil, stateTold == nil
                else { throw refusal.error(status, before: stateTold) }
            } else if offers("AUTH=SCRAM-SHA-256"), try authenticateByLibrary("SCRAM-SHA-256", user, password, refusal)
            {
                break
            }
            if !offers("LOGINDISABLED") {
                try login(user, password, refusal)
            } else {
                throw refused.map { refusal.error($0) } ?? .loginImpossible(.noMechanism)
            }
        }
        libetpan.becomeAuthenticated()
        try askCapabilities()
    }

    /// AUTHENTICATE (RFC 3501, section 6.2.2), with the response in the same flight where the server says that it takes it (RFC 4959), and
    /// then asked for where it does not after all.
    private func authenticate(
        _ mechanism: String, _ before: [[UInt8]], _ secret: Secret, _ after: [UInt8], hasWorked: Bool
    ) throws(IMAPError) -> StatusResponse {
        // One array, never grown: growing would leave copies behind.
        var message: [UInt8] = []
        message.reserveCapacity(before.reduce(secret.count + after.count) { $0 + $1.count })
        for part in before { message += part }
        secret.withBytes { message += $0 }
        message += after
        var response = Base64.encode(message)
        message.wipe()
        response.append(contentsOf: [13, 10])
        defer { response.wipe() }
        guard offers("SASL-IR") else { return try authenticate(mechanism, response, atOnce: false) }
        let status = try authenticate(mechanism, response, atOnce: true)
        guard status.condition == .bad, status.isAboutMechanism, status.isUnexplained, stateTold == nil, !hasWorked
        else {
            return status
        }
        return try authenticate(mechanism, response, atOnce: false)
    }

    private func authenticate(_ mechanism: String, _ response: [UInt8], atOnce: Bool) throws(IMAPError)
        -> StatusResponse
    {
        begin(.login)
        var line = Array("\(libetpan.nextTag()) AUTHENTICATE \(mechanism)\(atOnce ? " " : "\r\n")".utf8)
        if atOnce {
            line.reserveCapacity(line.count + response.count)
            line += response
        }
        defer { line.wipe() }
        try write(line)
        // How often the response was asked for.
        var asked = 0
        while true {
            switch try next() {
            case .continuation(let challenge):
                asked += 1
                // XOAUTH2's error is a challenge after the response, which an empty line acknowledges. An empty one asks for the response, though
                // it was sent.
                let error = challenge.flatMap(XOAUTH2Error.status)
                if let heard = stream.heard, let error { heard(HeardText("\(mechanism) status \(error)".utf8)) }
                let isError = error != nil || mechanism != "PLAIN" && challenge != nil
                try write(asked == 1 && !(atOnce && isError) ? response : [13, 10])
            case .tagged(_, let status): return status
            default: break
            }
        }
    }

    /// By libetpan and Cyrus SASL. False where this machine has not that mechanism, so that nothing was sent.
    private func authenticateByLibrary(_ mechanism: String, _ user: String, _ password: Secret, _ refusal: LoginRefusal)
        throws(IMAPError) -> Bool
    {
        begin(.login)
        let outcome = withNULBehind(password) {
            libetpan.authenticate(mechanism, host: stream.connection.endpoint.name, user, $0)
        }
        if outcome == .done { return true }
        guard lastStatus != nil || failure != nil else { return false }
        throw error(outcome, refusal)
    }

    /// LOGIN (RFC 3501, section 6.2.3). libetpan would pass CR and LF through.
    private func login(_ user: String, _ password: Secret, _ refusal: LoginRefusal) throws(IMAPError) {
        guard !password.withBytes({ $0.contains { $0 == 0 || $0 == 10 || $0 == 13 } }) else {
            throw .credential(reason: Text("the password contains a NUL or a line break"))
        }
        begin(.login)
        let outcome = withNULBehind(password) { libetpan.login(user, $0) }
        guard outcome == .done else { throw error(outcome, refusal) }
    }

    /// Lends the password as C takes it, and wipes every copy afterwards.
    private func withNULBehind(_ password: Secret, _ body: (UnsafeRawBufferPointer) -> LibEtPan.Outcome)
        -> LibEtPan.Outcome
    {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(password.count + 1)
        password.withBytes { bytes += $0 }
        bytes.append(0)
        defer {
            bytes.wipe()
            libetpan.wipeWriteBuffer()
        }
        return bytes.withUnsafeBytes(body)
    }

    private func error(_ outcome: LibEtPan.Outcome, _ refusal: LoginRefusal) -> IMAPError {
        if let failure { return failure }
        if let lastStatus, lastStatus.condition != .ok { return refusal.error(lastStatus, before: stateTold) }
        if case .failed(let code) = outcome { return .outOfStep(during: .login, code: code) }
        return .outOfStep(during: .login, code: -1)
    }
}
