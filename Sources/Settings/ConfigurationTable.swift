import Handoff

/// Where the problems gather.
package final class ConfigurationProblems {
    package private(set) var found: [ConfigurationError.Problem] = []
    package init() {}
    package func add(_ key: String?, _ message: String) { found.append(.init(key: key, line: nil, message: message)) }
}

/// One table of the configuration, taken apart key by key. What nobody took in the end is unknown.
package struct ConfigurationTable {
    package let path: String
    private var members: [String: ConfigurationValue]
    private let problems: ConfigurationProblems

    package init(_ path: String, _ members: [String: ConfigurationValue], _ problems: ConfigurationProblems) {
        self.path = path
        self.members = members
        self.problems = problems
    }

    package func fullKey(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
    package func problem(_ key: String, _ message: String) { problems.add(fullKey(key), message) }

    package mutating func take(_ key: String) -> ConfigurationValue? { members.removeValue(forKey: key) }

    /// A member table; an empty one where there is none.
    package mutating func table(_ key: String) -> ConfigurationTable {
        switch take(key) {
        case .table(let inner)?: return ConfigurationTable(fullKey(key), inner, problems)
        case nil: return ConfigurationTable(fullKey(key), [:], problems)
        case let other?:
            problem(key, "must be a table, not \(other.typeName)")
            return ConfigurationTable(fullKey(key), [:], problems)
        }
    }

    /// A table made of members that were taken out already.
    package func inner(_ key: String, _ members: [String: ConfigurationValue]) -> ConfigurationTable {
        ConfigurationTable(fullKey(key), members, problems)
    }

    /// `[[key]]`, each table with its number in its path, counted from 1.
    package mutating func tables(_ key: String) -> [ConfigurationTable] {
        guard let value = take(key) else { return [] }
        guard case .array(let elements) = value else {
            problem(key, "must be an array of tables ([[\(key)]]), not \(value.typeName)")
            return []
        }
        return elements.enumerated().compactMap { index, element in
            guard case .table(let inner) = element else {
                problem("\(key)[\(index + 1)]", "must be a table, not \(element.typeName)")
                return nil
            }
            return ConfigurationTable("\(fullKey(key))[\(index + 1)]", inner, problems)
        }
    }

    package mutating func string(_ key: String, bytes: ClosedRange<Int> = 1...1024) -> String? {
        guard let value = take(key) else { return nil }
        guard case .string(let text) = value else {
            problem(key, "must be a string, not \(value.typeName)")
            return nil
        }
        guard bytes ~= text.utf8.count else {
            problem(key, text.isEmpty ? "must not be empty" : "must have at most \(bytes.upperBound) bytes")
            return nil
        }
        guard !text.unicodeScalars.contains(where: { $0.value < 0x20 || 0x7F...0x9F ~= $0.value }) else {
            problem(key, "must not contain control characters")
            return nil
        }
        return text
    }

    package mutating func strings(_ key: String, count: ClosedRange<Int> = 0...256) -> [String]? {
        guard let value = take(key) else { return nil }
        guard case .array(let elements) = value else {
            problem(key, "must be an array of strings, not \(value.typeName)")
            return nil
        }
        guard count ~= elements.count else {
            problem(key, elements.isEmpty ? "must not be empty" : "must have at most \(count.upperBound) elements")
            return nil
        }
        var holder = ConfigurationTable(path, [:], problems)
        let texts = elements.enumerated().compactMap { index, element in
            let name = "\(key)[\(index + 1)]"
            holder.members[name] = element
            return holder.string(name)
        }
        return texts.count == elements.count ? texts : nil
    }

    package mutating func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
        guard let value = take(key) else { return nil }
        guard case .integer(let number) = value else {
            problem(key, "must be an integer, not \(value.typeName)")
            return nil
        }
        guard range ~= number else {
            problem(key, "must be from \(range.lowerBound) to \(range.upperBound), not \(number)")
            return nil
        }
        return number
    }

    package mutating func duration(_ key: String, in range: ClosedRange<Duration>, orZero: Bool = false) -> Duration? {
        guard let text = string(key) else { return nil }
        guard let duration = Duration(text: text) else {
            problem(key, "must be a duration such as 500ms, 30s, 5m or 24h, not \"\(text)\"")
            return nil
        }
        guard range ~= duration || orZero && duration == .zero else {
            problem(
                key,
                "must be from \(range.lowerBound.text) to \(range.upperBound.text)\(orZero ? ", or 0s" : ""), not \(text)"
            )
            return nil
        }
        return duration
    }

    package mutating func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String, of: Choice.Type
    ) -> Choice? where Choice.RawValue == String {
        guard let text = string(key) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            let all = Choice.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
            problem(key, "must be one of \(all), not \"\(text)\"")
            return nil
        }
        return choice
    }

    /// An absolute path.
    package mutating func path(_ key: String, bytes: ClosedRange<Int> = 1...4095) -> String? {
        guard let text = string(key, bytes: bytes) else { return nil }
        guard text.hasPrefix("/") else {
            problem(key, "must be an absolute path, not \"\(text)\"")
            return nil
        }
        return text
    }

    /// A key that must be there.
    package func required<Value>(_ key: String, _ value: Value?, wasGiven: Bool) -> Value? {
        if value == nil, !wasGiven { problem(key, "is missing") }
        return value
    }

    package func has(_ key: String) -> Bool { members[key] != nil }
    package func isTable(_ key: String) -> Bool { if case .table? = members[key] { true } else { false } }
    package func isArray(_ key: String) -> Bool { if case .array? = members[key] { true } else { false } }

    /// The end of the table: whatever is left has no meaning.
    package func finish(known: [String]) {
        for key in members.keys.sorted() {
            problem(key, "unknown key; known here: \(known.sorted().joined(separator: ", "))")
        }
    }
}
