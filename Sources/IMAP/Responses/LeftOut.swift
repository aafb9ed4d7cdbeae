/// A part of a response that was ignored because it is invalid: for the log, in our own words.
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
