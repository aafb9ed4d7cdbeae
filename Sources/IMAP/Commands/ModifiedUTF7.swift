/// A mailbox's name as IMAP writes it (RFC 3501, section 5.1.3).
///
/// libetpan's own conversion truncates names that end in non-ASCII.
enum ModifiedUTF7 {
    static func encode(_ name: String) -> String {
        var encoded = ""
        var pending: [UInt16] = []
        for scalar in name.unicodeScalars {
            if 0x20...0x7E ~= scalar.value {
                flush(&pending, into: &encoded)
                encoded.unicodeScalars.append(scalar)
                if scalar == "&" { encoded.append("-") }
            } else {
                pending.append(contentsOf: UTF16.encode(scalar).map(Array.init) ?? [])
            }
        }
        flush(&pending, into: &encoded)
        return encoded
    }

    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,".unicodeScalars)

    /// Base64 of big-endian UTF-16, with `,` for `/` and without padding, between `&` and `-`.
    private static func flush(_ units: inout [UInt16], into encoded: inout String) {
        guard !units.isEmpty else { return }
        encoded.append("&")
        var bits: UInt32 = 0
        var count = 0
        for unit in units {
            bits = (bits << 16) | UInt32(unit)
            count += 16
            while count >= 6 {
                count -= 6
                encoded.unicodeScalars.append(alphabet[Int((bits >> UInt32(count)) & 63)])
            }
            bits &= (1 << UInt32(count)) - 1
        }
        if count > 0 { encoded.unicodeScalars.append(alphabet[Int((bits << UInt32(6 - count)) & 63)]) }
        encoded.append("-")
        units.removeAll()
    }
}
