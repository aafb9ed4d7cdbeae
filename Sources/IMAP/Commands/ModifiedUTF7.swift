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

    /// What it is the name of; the bytes as UTF-8 where they are not in this encoding, as servers with UTF8=ACCEPT have them.
    static func decode(_ name: [UInt8]) -> String {
        var units: [UInt16] = []
        var index = 0
        while index < name.count {
            guard name[index] == UInt8(ascii: "&") else {
                if name[index] >= 0x80 { return String(decoding: name, as: UTF8.self) }
                units.append(UInt16(name[index]))
                index += 1
                continue
            }
            guard let end = name[index...].firstIndex(of: UInt8(ascii: "-")) else {
                return String(decoding: name, as: UTF8.self)
            }
            if end == index + 1 { units.append(UInt16(UInt8(ascii: "&"))) }
            var (bits, count): (UInt32, UInt32) = (0, 0)
            for byte in name[(index + 1)..<end] {
                guard let digit = alphabet.firstIndex(of: Unicode.Scalar(byte)) else {
                    return String(decoding: name, as: UTF8.self)
                }
                bits = (bits << 6 | UInt32(digit)) & 0x3F_FFFF
                count += 6
                if count >= 16 {
                    count -= 16
                    units.append(UInt16(truncatingIfNeeded: bits >> count))
                }
            }
            index = end + 1
        }
        return String(decoding: units, as: UTF16.self)
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
