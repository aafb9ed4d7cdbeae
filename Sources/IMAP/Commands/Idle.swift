extension Command {
    /// IDLE (RFC 2177), which continues until ``Idle/done`` is sent. More than a day's mail may be pushed in one, and no endless flood.
    static let idle = Command(name: .idle, text: "IDLE", bounds: .init(total: 64 * 1024 * 1024))
}

enum Idle {
    /// What ends it: no command, and without a tag.
    static let done = "DONE\r\n"
}
