extension Session {
    /// STARTTLS (RFC 3501, section 6.2.1).
    func startTLS() throws(IMAPError) {
        guard offers("STARTTLS") else { throw .startTLS(.notOffered) }
        begin(.command(.startTLS))
        guard case .done = libetpan.startTLS() else { throw failure ?? .startTLS(.refused) }
        try stream.startTLS(until: deadline)
        // What was said in the clear does not count.
        try askCapabilities()
    }
}
