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
