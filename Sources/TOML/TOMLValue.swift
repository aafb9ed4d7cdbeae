import Messages

/// A value of a TOML document (toml.io, 1.0.0), and where it is.
public struct TOMLValue: Equatable, Sendable {
    /// What it is.
    public indirect enum Content: Equatable, Sendable {
        case string(String)
        case integer(Int)
        case boolean(Bool)
        case array([TOMLValue])
        case table([String: TOMLValue])
        /// A float, a date or a time, by that name: what it says is not kept.
        case other(Text)
        /// There is a key, and its value could not be read: ``TOMLDocument/mistakes`` tells why.
        case unreadable

        /// A table, or a list of nothing but tables.
        public var isTable: Bool {
            switch self {
            case .table: true
            case .array(let elements): !elements.isEmpty && elements.allSatisfy(\.content.isTable)
            default: false
            }
        }

        /// As an error names it.
        public var typeName: Text {
            switch self {
            case .string: Text("a string")
            case .integer: Text("a number")
            case .boolean: Text("true or false")
            case .array: Text("a list")
            case .table: Text("a table")
            case .other(let name): name
            case .unreadable: Text("an unreadable value")
            }
        }
    }

    public let content: Content
    /// The line of its key, or of its `[header]`, counted from 1.
    public let line: Int
}
