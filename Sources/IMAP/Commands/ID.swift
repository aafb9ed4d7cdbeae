extension Command {
    /// ID (RFC 2971, section 3.1): asks what the server calls itself, and tells nothing of ourselves.
    static let id = Command(name: .id, text: "ID NIL")
}
