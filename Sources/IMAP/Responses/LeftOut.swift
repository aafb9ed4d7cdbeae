/// A part of a response that was left out since nobody could make sense of it: for the log, in words of our own.
struct LeftOut: Hashable, Sendable, CustomStringConvertible {
    let part: StaticText
    let response: StaticText

    init(_ part: StaticString, of response: StaticString) {
        self.part = StaticText(part)
        self.response = StaticText(response)
    }

    var description: String { "\(part) in \(response)" }

    /// Text of this program's, never a server's.
    struct StaticText: Hashable, Sendable, CustomStringConvertible {
        let description: String
        init(_ text: StaticString) { description = "\(text)" }
    }
}
