/// A JSON value as Varlink uses it (RFC 8259; UAPI.20, "Mapping the Type System to JSON").
public enum JSON: Sendable, Equatable {
    case null
    case bool(Bool)
    /// A number without fraction or exponent that fits 64 bits with a sign, kept exactly.
    case int(Int)
    /// Every other number. Always finite when it was parsed.
    case double(Double)
    case string(String)
    case array([JSON])
    case object(Object)
    /// Text that is copied into the outgoing bytes and nowhere else. Parsing never gives it.
    case confidential(any ConfidentialText)

    public static func == (left: JSON, right: JSON) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.int(let left), .int(let right)): left == right
        case (.double(let left), .double(let right)): left == right
        case (.string(let left), .string(let right)): left == right
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)): left == right
        default: false  // two confidential texts are never compared
        }
    }
}

/// Text that must leave no copies behind: it lends its UTF-8 to the writer and is never held as a `String`.
public protocol ConfidentialText: Sendable {
    /// Lends the UTF-8 bytes for the length of the call.
    func withUTF8(_ body: (UnsafeRawBufferPointer) -> Void)
}

extension JSON {
    /// The bool, or nil where the value is of another type.
    public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    /// The integer, or nil where the value is of another type; 1.0 and 1e0 are no integers.
    public var int: Int? { if case .int(let value) = self { value } else { nil } }
    /// The number, or nil where the value is of another type; an integer counts.
    public var double: Double? {
        switch self {
        case .double(let value): value
        case .int(let value): Double(value)
        default: nil
        }
    }
    /// The string, or nil where the value is of another type.
    public var string: String? { if case .string(let value) = self { value } else { nil } }
    /// The elements, or nil where the value is of another type.
    public var array: [JSON]? { if case .array(let value) = self { value } else { nil } }
    /// The object, or nil where the value is of another type.
    public var object: Object? { if case .object(let value) = self { value } else { nil } }
    public var isNull: Bool { if case .null = self { true } else { false } }
}

extension JSON: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringInterpolation, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    public init(nilLiteral: ()) { self = .null }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(integerLiteral value: Int) { self = .int(value) }
    public init(floatLiteral value: Double) { self = .double(value) }
    public init(stringLiteral value: String) { self = .string(value) }
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }
    public init(dictionaryLiteral members: (String, JSON)...) { self = .object(Object(members)) }

    /// The string, or null where there is none: how a nullable field is sent.
    public init(_ text: String?) { self = text.map(JSON.string) ?? .null }
    /// The integer, or null where there is none.
    public init(_ number: Int?) { self = number.map(JSON.int) ?? .null }
}
