import Secrets

/// Where a text holds a secret: as it is, in part, quoted, URL-encoded, in hexadecimal, or in base64, also within something longer such as
/// the SASL response.
///
/// A part of six bytes is a trace: what a server echoes it may have cut anywhere. Upper and lower case count as the same.
struct SecretTraces {
    private static let window = 6
    /// Anything shorter than this occurs in any text.
    private static let shortest = 4

    /// Hashes alone, by a seed of this process: they outlive the lent bytes.
    private struct Spelling {
        let windows: Set<Int>
        let length: Int
    }

    private let spellings: [Spelling]
    private let isTooShort: Bool

    init(of secret: Secret) {
        isTooShort = secret.count < Self.shortest
        spellings = secret.withBytes { bytes in
            var copy = Array(bytes)
            defer { copy.wipe() }
            var spellings = [Self.spelling(copy), Self.spelling(Self.hexadecimal(copy))]
            for shift in 0..<3 { spellings.append(Self.spelling(Self.base64(copy, shift))) }
            return spellings
        }
    }

    /// Hides every trace. A secret that is too short to be told from the words around it hides all.
    func hide(in text: [UInt8], _ hidden: inout [Bool]) {
        if isTooShort {
            for index in hidden.indices { hidden[index] = true }
            return
        }
        for view in [TextView(text), .unquoted(text), .percentDecoded(text)] {
            for spelling in spellings { Self.hide(spelling, in: view, &hidden) }
        }
        Self.hideWholeWords(in: text, &hidden)
    }

    private static func hide(_ spelling: Spelling, in view: TextView, _ hidden: inout [Bool]) {
        guard view.bytes.count >= spelling.length, spelling.length > 0 else { return }
        for start in 0...view.bytes.count - spelling.length {
            let end = start + spelling.length
            guard spelling.windows.contains(hash(view.bytes[start..<end])) else { continue }
            for index in view.origins[start].lowerBound..<view.origins[end - 1].upperBound { hidden[index] = true }
        }
    }

    /// Base64 that holds a trace is hidden whole: the characters at the edges of one are made of it too.
    private static func hideWholeWords(in text: [UInt8], _ hidden: inout [Bool]) {
        var index = 0
        while index < text.count {
            let start = index
            while index < text.count, isBase64(text[index]) { index += 1 }
            if hidden[start..<index].contains(true) { for inner in start..<index { hidden[inner] = true } }
            index += 1
        }
    }

    private static func isBase64(_ byte: UInt8) -> Bool {
        ResponseScanner.isDigit(byte) || 0x61...0x7A ~= byte | 0x20 || [0x2B, 0x2F, 0x3D, 0x2D, 0x5F].contains(byte)
    }

    // MARK: Spellings

    private static func spelling(_ bytes: [UInt8]) -> Spelling {
        var bytes = TextView(bytes).bytes
        defer { bytes.wipe() }
        let length = min(window, bytes.count)
        let starts = bytes.isEmpty ? 0...0 : 0...bytes.count - length
        return Spelling(windows: Set(starts.map { hash(bytes[$0..<$0 + length]) }), length: length)
    }

    private static func hash(_ bytes: ArraySlice<UInt8>) -> Int {
        var hasher = Hasher()
        for byte in bytes { hasher.combine(byte) }
        return hasher.finalize()
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> [UInt8] {
        let digits = Array("0123456789abcdef".utf8)
        return bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    }

    /// How it shows within the base64 of whatever has so many bytes before it: without the characters that its neighbours have a part in.
    private static func base64(_ bytes: [UInt8], _ shift: Int) -> [UInt8] {
        let encoded = Base64.encode([UInt8](repeating: 0, count: shift) + bytes)
        let (first, end) = (shift == 0 ? 0 : shift + 1, (shift + bytes.count) * 8 / 6)
        return Array(encoded[min(first, end)..<end])
    }
}
