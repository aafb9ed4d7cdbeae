/// One entry in the form of journald's own protocol: https://systemd.io/JOURNAL_NATIVE_PROTOCOL/
struct JournalRecord {
    private(set) var bytes: [UInt8] = []

    /// Adds a field: its name, and after its length the value, which may hold anything.
    ///
    /// - Parameter name: of capital letters, digits and underscores, not one of these first; at most 64.
    mutating func add(_ name: String, _ value: String) {
        bytes += name.utf8
        bytes.append(UInt8(ascii: "\n"))
        withUnsafeBytes(of: UInt64(value.utf8.count).littleEndian) { bytes += $0 }
        bytes += value.utf8
        bytes.append(UInt8(ascii: "\n"))
    }
}
