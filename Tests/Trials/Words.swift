import Messages

/// A test says what it expects, or makes up, without a translation.
extension Text: ExpressibleByStringLiteral {
    public init(stringLiteral text: String) { self.init(verbatim: text) }
}

extension Text {
    /// Whether its English holds this.
    public func contains(_ part: String) -> Bool { english.contains(part) }
}
