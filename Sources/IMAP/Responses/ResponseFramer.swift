import CLinux
import Secrets

/// Cuts the bytes of a connection into whole responses (RFC 3501, section 2.2.2), in bounded memory and linear time.
///
/// A pure value: bytes in, responses out. It decides only where a response ends; whether it is valid is
/// decided by ``ResponseReader``.
///
/// What was taken is wiped here: a response may hold a password.
struct ResponseFramer: Sendable {
    struct Limits: Sendable {
        /// The longest line, without its literals: a SEARCH result is the longest that an honest server sends.
        var line = 256 * 1024
        /// The largest literal. The session raises it for the length of a FETCH.
        var literal = 64 * 1024
        /// The largest response, literals included.
        var response = 512 * 1024
    }

    var limits = Limits()
    private var buffer: [UInt8] = []
    /// Where the next response starts in `buffer`.
    private var start = 0
    /// Up to where `buffer` has been looked at.
    private var scanned = 0
    /// Where the current line starts.
    private var lineStart = 0

    /// Whether nothing has come that was not taken.
    var isEmpty: Bool { start == buffer.count }

    /// Whether ``next()`` may have a response without any more bytes. False where only the beginning of one is here.
    var mayHaveNext: Bool { !isEmpty && !isShort }
    /// The last ``next()`` found too little, and nothing has come since.
    private var isShort = false

    /// Takes bytes from the connection.
    mutating func receive(_ bytes: UnsafeRawBufferPointer) {
        if buffer.capacity - buffer.count < bytes.count {
            // Growing by itself it would leave a copy behind.
            move(capacity: max(2 * buffer.count, buffer.count + bytes.count))
        }
        buffer.append(contentsOf: bytes)
        isShort = false
    }

    /// Overwrites what was not taken.
    mutating func wipe() {
        buffer.wipe()
        (start, scanned, lineStart) = (0, 0, 0)
    }

    /// The next whole response, its last CRLF included, or nil when more bytes are needed.
    mutating func next() throws(ResponseBreach) -> [UInt8]? {
        let response = try cut()
        isShort = response == nil
        return response
    }

    private mutating func cut() throws(ResponseBreach) -> [UInt8]? {
        while true {
            guard let lineFeed = nextLineFeed() else {
                guard buffer.count - lineStart <= limits.line else { throw .lineTooLong(limit: limits.line) }
                return nil
            }
            guard lineFeed - lineStart < limits.line else { throw .lineTooLong(limit: limits.line) }
            guard lineFeed > lineStart, buffer[lineFeed - 1] == UInt8(ascii: "\r") else { throw .bareLineFeed }
            let size = try literalSize(endingAt: lineFeed - 1)
            guard let size else {
                let response = Array(buffer[start...lineFeed])
                advance(to: lineFeed + 1)
                return response
            }
            guard size <= limits.literal else { throw .literalTooLarge(limit: limits.literal) }
            let end = lineFeed + 1 + size
            guard end - start <= limits.response else { throw .responseTooLarge(limit: limits.response) }
            guard buffer.count >= end else {
                // Look at this line's end again when more has come: cheaper to find than to remember.
                scanned = lineFeed
                return nil
            }
            (lineStart, scanned) = (end, end)
        }
    }

    private mutating func nextLineFeed() -> Int? {
        var index = scanned
        while index < buffer.count {
            if buffer[index] == UInt8(ascii: "\n") { return index }
            index += 1
        }
        scanned = index
        return nil
    }

    /// Moves what was not taken to memory of its own, and wipes the old.
    private mutating func move(capacity: Int) {
        var moved: [UInt8] = []
        moved.reserveCapacity(capacity)
        moved.append(contentsOf: buffer[start...])
        buffer.wipe()
        buffer = moved
        (scanned, lineStart, start) = (scanned - start, lineStart - start, 0)
    }

    private mutating func advance(to end: Int) {
        let (first, count) = (start, end - start)
        buffer.withUnsafeMutableBytes { linux_wipe($0.baseAddress.map { $0 + first }, count) }
        (start, scanned, lineStart) = (end, end, end)
        if start == buffer.count {
            // Give a large response's memory back; keep a small buffer for the next.
            buffer.removeAll(keepingCapacity: buffer.capacity <= 8192)
            (start, scanned, lineStart) = (0, 0, 0)
        } else if start > 64 * 1024 {
            move(capacity: buffer.count - start)
        }
    }

    /// The n of a `{n}` or `{n+}` that ends the line whose CR is at `end`. Status responses and continuations are text:
    /// what looks like a literal there is none (RFC 3501, section 9, resp-text).
    private func literalSize(endingAt end: Int) throws(ResponseBreach) -> Int? {
        guard end - lineStart >= 3, buffer[end - 1] == UInt8(ascii: "}"), !isText else { return nil }
        var index = end - 2
        if buffer[index] == UInt8(ascii: "+") { index -= 1 }
        let digitsEnd = index
        while index > lineStart, UInt8(ascii: "0")...UInt8(ascii: "9") ~= buffer[index] {
            index -= 1
        }
        guard index < digitsEnd, buffer[index] == UInt8(ascii: "{") else { return nil }
        // No server writes more digits; and a line's end may be looked at many times until its literal has come.
        guard digitsEnd - index <= 10 else { throw .literalTooLarge(limit: limits.literal) }
        var size = 0
        var position = index + 1
        while position <= digitsEnd {
            size = size &* 10 &+ Int(buffer[position] &- UInt8(ascii: "0"))
            guard size <= limits.literal else { throw .literalTooLarge(limit: limits.literal) }
            position += 1
        }
        return size
    }

    /// Whether the response that starts at `start` is a status response, a tagged one or a continuation. White space as
    /// ``ResponseReader`` takes it: the two must agree on what a literal is.
    private var isText: Bool {
        var index = start
        skipWhiteSpace(&index)
        guard index < buffer.count, buffer[index] == UInt8(ascii: "*") else { return true }
        let star = index
        index += 1
        skipWhiteSpace(&index)
        guard index > star + 1 else { return true }
        var word: [UInt8] = []
        while index < buffer.count, word.count < 8, buffer[index] > UInt8(ascii: " ") {
            word.append(buffer[index] & 0xDF)
            index += 1
        }
        return ["OK", "NO", "BAD", "BYE", "PREAUTH"].contains { word.elementsEqual($0.utf8) }
    }

    private func skipWhiteSpace(_ index: inout Int) {
        while index < buffer.count, ResponseScanner.isWhiteSpace(buffer[index]) { index += 1 }
    }
}
