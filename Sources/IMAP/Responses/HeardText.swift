/// What a server said, word for word, before it was vetted. Nobody but ``ServerText`` makes something of it that can be shown.
struct HeardText: Equatable, Sendable {
    /// More of it than is ever shown.
    let bytes: [UInt8]
    /// A user is to see it, whatever it came with (RFC 3501, section 7.1, ALERT).
    let isAlert: Bool

    init(_ bytes: some Sequence<UInt8>, isAlert: Bool = false) {
        self.bytes = Array(bytes.prefix(2048))
        self.isAlert = isAlert
    }
}
