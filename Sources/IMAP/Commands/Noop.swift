extension Command {
    /// NOOP (RFC 3501, section 6.1.2): what the server has to tell, it tells before the answer.
    static let noop = Command(name: .noop, text: "NOOP")
}
