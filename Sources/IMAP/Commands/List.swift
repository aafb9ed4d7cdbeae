extension Command {
    /// LIST of all mailboxes (RFC 3501, section 6.3.8).
    static let list = Command(name: .list, text: "LIST \"\" *", bounds: .init(literal: 1000, total: 8 * 1024 * 1024))
}
