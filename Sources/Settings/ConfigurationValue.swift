import TOMLKit

/// A value of the configuration file, out of the TOML library's hands.
package indirect enum ConfigurationValue: Equatable {
    case string(String)
    case integer(Int)
    case boolean(Bool)
    case array([ConfigurationValue])
    case table([String: ConfigurationValue])
    /// Floats, dates, times: nothing here takes one.
    case other(String)

    /// As an error names it.
    package var typeName: String {
        switch self {
        case .string: "a string"
        case .integer: "an integer"
        case .boolean: "a boolean"
        case .array: "an array"
        case .table: "a table"
        case .other(let name): name
        }
    }

    /// Nothing here is nested deeper, and dotted keys can nest by the hundred thousand.
    private static let depthBound = 16

    package init(_ value: some TOMLValueConvertible, depth: Int = 0) {
        guard depth < Self.depthBound else {
            self = .other("nested too deeply")
            return
        }
        switch value.type {
        case .string: self = .string(value.string ?? "")
        case .int: self = .integer(value.int ?? 0)
        case .bool: self = .boolean(value.bool ?? false)
        case .array:
            self = .array((value.array.map { $0.map { ConfigurationValue($0.tomlValue, depth: depth + 1) } }) ?? [])
        case .table:
            var members: [String: ConfigurationValue] = [:]
            // Not the library's iterator: it traps on a key that holds a NUL.
            if let table = value.table {
                for key in table.keys {
                    let member = table[key].map { ConfigurationValue($0.tomlValue, depth: depth + 1) }
                    members[key] = member ?? .other("under a key with a NUL in it")
                }
            }
            self = .table(members)
        case .double: self = .other("a float")
        case .date: self = .other("a date")
        case .time: self = .other("a time")
        case .dateTime: self = .other("a date-time")
        }
    }
}
