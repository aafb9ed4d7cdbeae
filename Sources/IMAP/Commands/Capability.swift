extension Session {
    /// CAPABILITY (RFC 3501, section 6.1.1): asked again after STARTTLS and after the login. What a greeting tells does not count, nor what
    /// was told in the clear.
    func askCapabilities() throws(IMAPError) {
        var told: Set<String> = []
        try run(Command(name: .capability, text: "CAPABILITY")) { response in
            switch response {
            case .capability(let words): told.formUnion(words)
            // Some tell them in a code alone (RFC 3501, section 7.1).
            case .status(let status), .tagged(_, let status):
                if case .capability(let words) = status.code { told.formUnion(words) }
            default: break
            }
        }
        capabilities = told
    }
}
