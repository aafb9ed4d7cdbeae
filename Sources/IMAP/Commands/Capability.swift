extension Session {
    /// CAPABILITY (RFC 3501, section 6.1.1): asked again after STARTTLS and after the login. What a greeting tells does not count, nor what
    /// was told in the clear.
    func askCapabilities() throws(IMAPError) {
        var told: Set<String> = []
        try run(Command(name: .capability, text: "CAPABILITY")) { response in
            if case .capability(let words) = response { told.formUnion(words) }
        }
        capabilities = told
    }
}
