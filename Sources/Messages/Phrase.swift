/// A phrase as it stands in the source: English, with what is put into it. It can be made of a literal alone, and is written nowhere but as the
/// type of a parameter: so `Tests/MessagesTests` finds every phrase by reading the sources, and fails where one has no translation.
public struct Phrase: ExpressibleByStringInterpolation, Sendable {
    /// The text with a number in braces in the place of each argument, counted from 1: what the catalogue has it by.
    let template: String
    let arguments: [Text]

    public init(stringLiteral text: String) { (template, arguments) = (text, []) }

    public init(stringInterpolation text: StringInterpolation) {
        (template, arguments) = (text.template, text.arguments)
    }

    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var template = ""
        fileprivate var arguments: [Text] = []

        public init(literalCapacity: Int, interpolationCount: Int) {
            template.reserveCapacity(literalCapacity + 3 * interpolationCount)
            arguments.reserveCapacity(interpolationCount)
        }

        public mutating func appendLiteral(_ literal: String) { template += literal }

        /// Data: the same in every language.
        public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            append(Text(verbatim: value.description))
        }

        /// What has words of its own, in the language of the whole.
        public mutating func appendInterpolation(_ value: some TextConvertible) { append(value.text) }
        public mutating func appendInterpolation(_ text: Text) { append(text) }

        private mutating func append(_ text: Text) {
            arguments.append(text)
            template += "{\(arguments.count)}"
        }
    }
}
