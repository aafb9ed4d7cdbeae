/// What to do on a page, control by control.
struct Plan: Equatable, Sendable {
    struct Filling: Equatable, Sendable {
        var index: Int
        var value: Fill.Value
        /// The longest value that the field takes; nil: any.
        var longest: Int?
        /// As the page calls it, for people.
        var name: String
    }
    /// The frame that contains all of these controls.
    var frame: String
    /// The document in it.
    var document: String
    var fillings: [Filling]
    var press: Int
    /// As the page calls it, for people.
    var pressName: String
    /// The URL that it leads to; empty if it is not known.
    var target: String

    /// Whether the value is filled in.
    func fills(_ value: Fill.Value) -> Bool { fillings.contains { $0.value == value } }
}

/// Why a step does not match a page.
struct Misfit: Error, Equatable, Sendable, CustomStringConvertible {
    /// For people, a line each: what was looked for, and why it cannot be used.
    var reasons: [String]
    var description: String { reasons.joined(separator: "\n") }

    init(_ reasons: String...) { self.reasons = reasons }
    init(_ reasons: [String]) { self.reasons = reasons }
}
