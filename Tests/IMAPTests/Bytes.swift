@testable import IMAP

/// What a server says, LF written for CRLF.
func wire(_ text: String) -> [UInt8] { Array(text.utf8).flatMap { $0 == 10 ? [13, 10] : [$0] } }

extension ResponseFramer {
    mutating func receive(_ bytes: some Collection<UInt8>) {
        Array(bytes).withUnsafeBytes { receive($0) }
    }

    /// All responses that are whole.
    mutating func all() throws(ResponseBreach) -> [[UInt8]] {
        var responses: [[UInt8]] = []
        while let response = try next() { responses.append(response) }
        return responses
    }
}

/// SplitMix64: what it gives is the same on every run of one seed.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}
