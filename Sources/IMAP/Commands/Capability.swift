extension Session {
    /// CAPABILITY (RFC 3501, section 6.1.1): asked again after STARTTLS and after the login. What a greeting tells does not count, nor what
    /// was told in the clear.
    func askCapabilities() throws(IMAPError) {
        var told: Set<String> = []
        let status = try execute(Command(name: .capability, text: "CAPABILITY")) { response in
            switch response {
            case .capability(let words): told.formUnion(words)
            // Some tell them in a code alone (RFC 3501, section 7.1).
            case .status(let status), .tagged(_, let status):
                if case .capability(let words) = status.code { told.formUnion(words) }
            default: break
            }
        }
        if let error = status.stateError { throw error }
        // A server that refuses to tell does without: what was told before the login holds, or else nothing is taken for granted.
        if status.condition == .ok || !libetpan.isAuthenticated { capabilities = told }
    }
}
