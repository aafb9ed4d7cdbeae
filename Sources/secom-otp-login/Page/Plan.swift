/// What is to be done on a page, control by control.
struct Plan: Equatable, Sendable {
    struct Filling: Equatable, Sendable {
        var index: Int
        var value: Fill.Value
        /// The longest value that the field takes; nil: any.
        var longest: Int?
        /// As the page calls it, for people.
        var name: String
    }
    /// The frame in which all of it is.
    var frame: String
    /// The document in it.
    var document: String
    var fillings: [Filling]
    var press: Int
    /// As the page calls it, for people.
    var pressName: String
    /// Where it leads, as far as that is known.
    var target: String

    /// Whether it needs the value.
    func fills(_ value: Fill.Value) -> Bool { fillings.contains { $0.value == value } }
}

/// Why a step does not fit a page.
struct Misfit: Error, Equatable, Sendable, CustomStringConvertible {
    /// For people, a line each: what was wanted, and what is in the way.
    var reasons: [String]
    var description: String { reasons.joined(separator: "\n") }

    init(_ reasons: String...) { self.reasons = reasons }
    init(_ reasons: [String]) { self.reasons = reasons }
}
