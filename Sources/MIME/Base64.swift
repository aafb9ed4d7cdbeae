/// Base64 as found in mail (RFC 2045, 6.8).
public enum Base64 {
    /// The shortest line that 8-bit text is not expected to have by chance.
    private static let shortestLine = 40

    /// Whether a text may be in it. What holds 8-bit bytes or escapes, and no line of base64, was never encoded. (A gateway's footer may
    /// be as it is below an encoded letter.)
    static func isLikely(_ text: Bytes) -> Bool {
        guard text.contains(where: { $0 >= 0x80 || $0 == .escape }) else { return true }
        return Lines(text).contains { $0.count >= shortestLine && isPure($0, inGroups: true) }
    }

    /// Decodes line by line. Bytes outside the alphabet are passed over, missing padding is no fault. What is
    /// after the end of the data, such as a mailing list's footer, is left out: the data end with padding, with an
    /// empty line or with a shortened line, unless lines of nothing but base64 follow: data cut short might read as
    /// another password or URL.
    public static func decode(_ text: Bytes) -> [UInt8] {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(text.count / 4 * 3 + 3)
        var bits: UInt32 = 0
        var count = 0
        var longest = 0
        var hasEnded = false
        var isShortened = false
        var lines = Lines(text)
        while let line = lines.next() {
            if line.isEmpty {
                hasEnded = !decoded.isEmpty
                continue
            }
            if hasEnded || isShortened, !isPure(line, inGroups: hasEnded) { break }
            var digits = 0
            var sawPadding = false
            line.withUnsafeBufferPointer { buffer in
                for byte in buffer {
                    let value = alphabet(byte)
                    if value < 64 {
                        bits = bits << 6 | UInt32(value)
                        digits &+= 1
                        count &+= 1
                        if count == 4 {
                            decoded.append(UInt8(truncatingIfNeeded: bits >> 16))
                            decoded.append(UInt8(truncatingIfNeeded: bits >> 8))
                            decoded.append(UInt8(truncatingIfNeeded: bits))
                            (bits, count) = (0, 0)
                        }
                    } else if byte == UInt8(ascii: "=") {
                        sawPadding = true
                        flush(&decoded, &bits, &count)
                    }
                }
            }
            hasEnded = sawPadding
            isShortened = digits < longest
            longest = max(longest, digits)
        }
        flush(&decoded, &bits, &count)
        return decoded
    }

    /// What is left of an unfinished group of four.
    private static func flush(_ decoded: inout [UInt8], _ bits: inout UInt32, _ count: inout Int) {
        if count == 2 { decoded.append(UInt8(truncatingIfNeeded: bits >> 4)) }
        if count == 3 {
            decoded.append(UInt8(truncatingIfNeeded: bits >> 10))
            decoded.append(UInt8(truncatingIfNeeded: bits >> 2))
        }
        (bits, count) = (0, 0)
    }

    /// Nothing but base64; after an end of the data, in whole groups of four.
    private static func isPure(_ line: Bytes, inGroups: Bool) -> Bool {
        let line = line.trimmed
        return (!inGroups || line.count % 4 == 0) && line.allSatisfy { alphabet($0) < 64 || $0 == UInt8(ascii: "=") }
    }

    @inline(__always) private static func alphabet(_ byte: UInt8) -> UInt8 {
        switch byte {
        case 0x41...0x5A: byte &- 0x41
        case 0x61...0x7A: byte &- 0x61 &+ 26
        case 0x30...0x39: byte &- 0x30 &+ 52
        case 0x2B: 62
        case 0x2F: 63
        default: 255
        }
    }
}
