/// A value of a TOML document (toml.io, 1.0.0), and where it stands.
public struct TOMLValue: Equatable, Sendable {
    /// What it is.
    public indirect enum Content: Equatable, Sendable {
        case string(String)
        case integer(Int)
        case boolean(Bool)
        case array([TOMLValue])
        case table([String: TOMLValue])
        /// A float, a date or a time, by that name: what it says is not kept.
        case other(String)
        /// There is a key, and its value could not be read: ``TOMLDocument/mistakes`` tells why.
        case unreadable

        /// As an error names it.
        public var typeName: String {
            switch self {
            case .string: "text"
            case .integer: "a number"
            case .boolean: "true or false"
            case .array: "a list"
            case .table: "a table"
            case .other(let name): name
            case .unreadable: "nothing that can be read"
            }
        }
    }

    public let content: Content
    /// The line of its key, or of its `[header]`, counted from 1.
    public let line: Int
}
