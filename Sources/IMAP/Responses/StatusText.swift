/// The text of a status response (RFC 3501, section 7.1), kept only while it is examined for the server's state.
/// Nothing of it is kept: a server might echo what it was sent.
struct StatusText {
    /// In lower case, with a space around it. As much of it as anybody would read.
    private let text: [UInt8]

    init(_ bytes: some Sequence<UInt8>) {
        let space = UInt8(ascii: " ")
        text = [space] + bytes.prefix(1000).map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 } + [space]
    }

    func has(_ words: StaticString) -> Bool { index(of: words) != nil }

    /// With nothing of a word before or after it.
    func hasWord(_ word: StaticString) -> Bool {
        guard let index = index(of: word) else { return false }
        return !Self.isLetter(text[index - 1]) && !Self.isLetter(text[index + word.utf8CodeUnitCount])
    }

    /// It speaks of what may not be done here.
    var isAboutRights: Bool {
        has("permission") || has("read-only") || has("read only") || has("readonly") || has("not permitted")
            || has("access denied") || has("insufficient rights")
    }

    /// It speaks of a way to log in that is not there, or of a form in which it is not understood.
    var isAboutMechanism: Bool {
        (has("mechanism") || has("authenticat")) && (has("not supported") || has("unsupported"))
            || has("argument") || has("unknown command") || has("unrecogni") || has("syntax") || has("parse")
            || has("not implemented") || has("command unknown") || has("bad command") || has("invalid command")
    }

    /// It speaks of what the user gave.
    var isAboutCredential: Bool {
        has("password") || has("credential") || has("invalid") || has("incorrect") || has("wrong") || has("username")
    }

    /// How long the server wants to be left alone, where it says so: the longest time that is in it, at most an hour. "Suggested
    /// Backoff Time: 89117 milliseconds", "retry after 30", "try again in 5 minutes".
    var backOff: Duration? {
        var longest: Duration?
        var index = 0
        var before: [UInt8] = []
        while index < text.count {
            guard ResponseScanner.isDigit(text[index]) else {
                let word = word(at: index)
                if !word.isEmpty { before = word }
                index += max(word.count, 1)
                continue
            }
            let number = number(at: &index)
            var behind = index
            while behind < text.count, text[behind] == UInt8(ascii: " ") { behind += 1 }
            let unit = word(at: behind)
            // A number alone is a time only after such a word: "Server Unavailable. 15" has none.
            let isBare = unit.isEmpty || Self.milliseconds(of: unit) == nil
            guard let factor = isBare ? Self.announces(before) ? 1000 : nil : Self.milliseconds(of: unit) else {
                continue
            }
            let time = Duration.milliseconds(Int64(min(number * factor, 3_600_000)))
            if time > .zero { longest = max(longest ?? .zero, time) }
        }
        return longest
    }

    private func number(at index: inout Int) -> Double {
        var value = 0.0
        var scale: Double?
        while index < text.count {
            if ResponseScanner.isDigit(text[index]) {
                value = value * 10 + Double(text[index] & 15)
                scale = scale.map { $0 * 10 }
            } else if text[index] == UInt8(ascii: "."), scale == nil, index + 1 < text.count,
                ResponseScanner.isDigit(text[index + 1])
            {
                scale = 1
            } else {
                break
            }
            index += 1
        }
        // A thousand digits are no time, but they are finite.
        return min(value, 1e12) / min(scale ?? 1, 1e12)
    }

    private func word(at index: Int) -> [UInt8] { Array(text[min(index, text.count)...].prefix(while: Self.isLetter)) }
    private static func isLetter(_ byte: UInt8) -> Bool { 0x61...0x7A ~= byte }

    private static func announces(_ word: [UInt8]) -> Bool {
        ["after", "in", "for", "time", "wait", "backoff"].contains { word.elementsEqual($0.utf8) }
    }

    private static func milliseconds(of unit: [UInt8]) -> Double? {
        switch String(decoding: unit, as: UTF8.self) {
        case "ms", "msec", "msecs", "millisecond", "milliseconds": 1
        case "s", "sec", "secs", "second", "seconds": 1000
        case "min", "mins", "minute", "minutes": 60_000
        case "h", "hour", "hours": 3_600_000
        default: nil
        }
    }

    private func index(of words: StaticString) -> Int? {
        let count = words.utf8CodeUnitCount
        guard count > 0, text.count >= count else { return nil }
        let sought = UnsafeBufferPointer(start: words.utf8Start, count: count)
        return (0...text.count - count).first { text[$0..<$0 + count].elementsEqual(sought) }
    }
}
