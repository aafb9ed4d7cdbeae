extension Command {
    /// ID (RFC 2971), which is sent only where a server opens nothing without it: what it tells of this program is its name.
    static let id = Command(name: .id, text: "ID (\"name\" \"secom-otpd\")")
}
