/// A text as something else reads it, and which of its bytes each byte stands for. In lower case, and with base64's two alphabets
/// (RFC 4648, sections 4 and 5) made one.
struct TextView {
    private(set) var bytes: [UInt8] = []
    private(set) var origins: [Range<Int>] = []

    /// As it is.
    init(_ text: [UInt8]) {
        bytes.reserveCapacity(text.count)
        for (index, byte) in text.enumerated() { add(byte, index..<index + 1) }
    }

    private init() {}

    /// Without the backslashes of a quoted string.
    static func unquoted(_ text: [UInt8]) -> TextView {
        var view = TextView()
        var index = 0
        while index < text.count {
            let width = text[index] == UInt8(ascii: "\\") && index + 1 < text.count ? 2 : 1
            view.add(text[index + width - 1], index..<index + width)
            index += width
        }
        return view
    }

    /// Out of a URL, or a form (RFC 3986, section 2.1).
    static func percentDecoded(_ text: [UInt8]) -> TextView {
        var view = TextView()
        var index = 0
        while index < text.count {
            if text[index] == UInt8(ascii: "%"), index + 2 < text.count, let high = digit(text[index + 1]),
                let low = digit(text[index + 2])
            {
                view.add(high << 4 | low, index..<index + 3)
                index += 3
            } else {
                view.add(text[index] == UInt8(ascii: "+") ? UInt8(ascii: " ") : text[index], index..<index + 1)
                index += 1
            }
        }
        return view
    }

    private mutating func add(_ byte: UInt8, _ origin: Range<Int>) {
        switch byte {
        case 0x41...0x5A: bytes.append(byte | 0x20)
        case UInt8(ascii: "-"): bytes.append(UInt8(ascii: "+"))
        case UInt8(ascii: "_"): bytes.append(UInt8(ascii: "/"))
        default: bytes.append(byte)
        }
        origins.append(origin)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte & 15
        case 0x41...0x46, 0x61...0x66: (byte & 15) + 9
        default: nil
        }
    }
}
