/// A server's own words, before vetting. Only ``ServerText`` turns them into something that can be shown.
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
