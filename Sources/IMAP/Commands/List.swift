extension Command {
    /// LIST of all mailboxes (RFC 3501, section 6.3.8).
    static let list = Command(name: .list, text: "LIST \"\" *", bounds: listed)
    /// The same, each with what it is for (RFC 6154, section 2): where SPECIAL-USE is offered.
    static let listSpecialUse = Command(name: .list, text: "LIST \"\" * RETURN (SPECIAL-USE)", bounds: listed)

    private static let listed = ResponseStream.Bounds(literal: 1000, total: 8 * 1024 * 1024)
}
