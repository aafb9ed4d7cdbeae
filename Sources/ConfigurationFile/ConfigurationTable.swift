import Messages
import TOML

/// One table of the configuration, read key by key. Keys left over at the end are unknown.
package struct ConfigurationTable {
    /// The name of the table in errors, in the form that precedes a key.
    let path: Text
    /// The line of its header; nil if it has none.
    let line: Int?
    private var members: [String: TOMLValue]
    private let lines: [String: Int]
    /// The lines of the keys that are no tables.
    private let plain: [String: Int]
    /// No value of it is repeated in an error: it may be a secret.
    private let isHidden: Bool
    private let problems: ConfigurationProblems

    init(
        _ path: Text, _ members: [String: TOMLValue], line: Int? = nil, isHidden: Bool = false,
        _ problems: ConfigurationProblems
    ) {
        (self.path, self.members, self.line) = (path, members, line)
        (self.isHidden, self.problems) = (isHidden, problems)
        lines = members.mapValues(\.line)
        plain = members.filter { !$0.value.content.isTable }.mapValues(\.line)
    }

    package func problem(_ key: String, _ message: Phrase) { problem(key, Text(message)) }

    package func problem(_ key: String, _ message: Text) { problem(key, lines[key] ?? line, message) }

    /// Removes the key and returns its value; nil if it is missing, or could not be read, which was already reported.
    package mutating func take(_ key: String) -> TOMLValue.Content? {
        guard let content = members.removeValue(forKey: key)?.content, content != .unreadable else { return nil }
        return content
    }

    /// Removes a table inside this one and returns it; an empty one if there is none.
    package mutating func table(_ key: String) -> ConfigurationTable {
        let line = lines[key]
        switch take(key) {
        case .table(let inner)?: return ConfigurationTable(Text("\(path)\(key)."), inner, line: line, problems)
        case .array(let elements)?:
            problem(key, "must be a single table, [\(key)], not a list of tables, [[\(key)]]")
            // Mistakes inside it are reported, too.
            guard case .table(let inner)? = elements.first?.content else { break }
            return ConfigurationTable(Text("\(path)\(key)."), inner, line: line, problems)
        case let other?: problem(key, "must be a table, [\(key)], not \(other.typeName)")
        case nil: break
        }
        return ConfigurationTable(Text("\(path)\(key)."), [:], problems)
    }

    /// A table of members that have already been taken.
    package func inner(_ key: String, _ members: [String: TOMLValue]) -> ConfigurationTable {
        ConfigurationTable(Text("\(path)\(key)."), members, line: lines[key], isHidden: !mayShow(key), problems)
    }

    /// Whether an error may repeat the value of the key.
    private func mayShow(_ key: String) -> Bool { !isHidden && !problems.keys.hidden.contains(key) }

    /// A list of tables, such as `[[mailbox]]`. In errors, each goes by its `name`, or by its number, counted from 1.
    ///
    /// - Returns: none where the key is missing; nil where it is something else, which is reported.
    package mutating func tables(_ key: String) -> [ConfigurationTable]? {
        guard let value = take(key) else { return [] }
        if case .table(let inner) = value, tellNamed(inner, key) { return nil }
        guard case .array(let elements) = value else {
            problem(key, "must be written as tables, [[\(key)]], not \(value.typeName)")
            return nil
        }
        return elements.enumerated().compactMap { index, element in
            guard case .table(let inner) = element.content else {
                problem(key, "must be written as tables, [[\(key)]], not \(element.content.typeName)")
                return nil
            }
            var name = "\(index + 1)"
            if case .string(let text)? = inner["name"]?.content, 1...64 ~= text.utf8.count,
                !text.unicodeScalars.contains(where: \.isControl)
            {
                name = "\"\(text)\""
            }
            return ConfigurationTable(
                Text("\(path)\(key) \(name) (line \(element.line)): "), inner, line: element.line, problems)
        }
    }

    /// Reports tables that have their name in the header, `[mailbox.main]`; false where these are none.
    private func tellNamed(_ tables: [String: TOMLValue], _ key: String) -> Bool {
        guard problems.keys.all.contains("name") else { return false }
        var isNamed = false
        for (name, value) in tables where !problems.keys.all.contains(name) {
            guard case .table = value.content else { continue }
            isNamed = true
            let name = Self.shown(name)
            problem(
                key, value.line,
                Text("write [[\(key)]], with name = \"\(name)\" below it, instead of [\(key).\(name)]"))
        }
        return isNamed
    }

    /// A string of this many bytes, without control characters; nil if it is missing, or another problem was added. So are the
    /// values below.
    package mutating func string(_ key: String, bytes: ClosedRange<Int> = 1...1024) -> String? {
        guard let value = take(key) else { return nil }
        guard case .string(let text) = value else {
            problem(key, "must be a string in quotes, \"...\", not \(value.typeName)")
            return nil
        }
        guard bytes ~= text.utf8.count else {
            problem(
                key,
                text.isEmpty
                    ? "must not be empty" : "must have at most \(bytes.upperBound) bytes, not \(text.utf8.count)")
            return nil
        }
        if let fault = StrayCharacter.first(in: text, isShown: mayShow(key), where: \.isControl) {
            problem(key, fault)
            return nil
        }
        return text
    }

    /// A name of this many bytes: a string without control characters, and without white space around it.
    ///
    /// - Parameter hasFullWidth: letters of full width may be meant.
    package mutating func name(_ key: String, bytes: ClosedRange<Int>, hasFullWidth: Bool = true) -> String? {
        guard let text = string(key, bytes: bytes) else { return nil }
        let isShown = mayShow(key)
        let fault =
            StrayCharacter.outside(text, isShown: isShown)
            ?? (hasFullWidth ? nil : StrayCharacter.fullWidth(text, isShown: isShown))
        guard let fault else { return text }
        problem(key, fault)
        return nil
    }

    /// The name of a systemd credential, as systemd itself allows it (credential_name_valid). It is not repeated in an error.
    package mutating func credential(_ key: String) -> String? {
        guard let name = name(key, bytes: 1...255, hasFullWidth: false) else { return nil }
        // By bytes: contains(_: String) is Foundation's, and brings ICU along, 40 MB of it.
        guard name.utf8.allSatisfy({ 0x20...0x7E ~= $0 && !"/:".utf8.contains($0) }), name != ".", name != ".." else {
            problem(key, "must be the name of a credential, in ASCII, without a slash or a colon")
            return nil
        }
        return name
    }

    /// A list of strings, with this many elements.
    package mutating func strings(_ key: String, count: ClosedRange<Int> = 0...256) -> [String]? {
        guard let value = take(key) else { return nil }
        guard case .array(let elements) = value else {
            problem(key, "must be a list of strings in brackets, [\"...\", \"...\"], not \(value.typeName)")
            return nil
        }
        guard count ~= elements.count else {
            problem(key, elements.isEmpty ? "must not be empty" : "must have at most \(count.upperBound) elements")
            return nil
        }
        let texts = elements.enumerated().compactMap { index, element in
            let name = "\(key)[\(index + 1)]"
            var holder = ConfigurationTable(path, [name: element], isHidden: !mayShow(key), problems)
            return holder.string(name)
        }
        return texts.count == elements.count ? texts : nil
    }

    /// An integer in this range.
    package mutating func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
        guard let value = take(key) else { return nil }
        guard case .integer(let number) = value else {
            problem(key, "must be a number without quotes, not \(value.typeName)")
            return nil
        }
        guard range ~= number else {
            problem(key, "must be from \(range.lowerBound) to \(range.upperBound), not \(number)")
            return nil
        }
        return number
    }

    /// A value for use in an error: shortened, and in one line.
    package static func shown(_ text: String) -> String {
        var shown = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(100) {
            shown.append(scalar.isControl ? " " : scalar)
        }
        return String(shown) + (text.unicodeScalars.count > 100 ? "..." : "")
    }

    /// An absolute path.
    ///
    /// - Parameter isShown: whether an error may repeat the value.
    package mutating func path(_ key: String, bytes: ClosedRange<Int> = 1...4095, isShown: Bool = true) -> String? {
        guard let text = string(key, bytes: bytes) else { return nil }
        guard text.hasPrefix("/") else {
            problem(
                key,
                isShown
                    ? "must be an absolute path, beginning with /, not \"\(Self.shown(text))\""
                    : "must be an absolute path, beginning with /")
            return nil
        }
        return text
    }

    /// Reports that a key is missing, unless that cannot be told, or it is in the wrong place, which is reported.
    package func missing(_ key: String, _ message: Phrase = "is missing") {
        let isElsewhere = line == nil ? problems.headersTold.contains(key) : problems.loose.contains(key)
        if problems.canTellWhatIsMissing, !isElsewhere { problem(key, message) }
    }

    /// Whether the key is there and has not been taken.
    package func has(_ key: String) -> Bool { members[key] != nil }
    /// Whether the value of the key is a table.
    package func isTable(_ key: String) -> Bool { if case .table? = members[key]?.content { true } else { false } }
    /// Whether the value of the key is a list.
    package func isList(_ key: String) -> Bool { if case .array? = members[key]?.content { true } else { false } }

    /// Ends the reading of the table: reports each key that is left as unknown, unless it could not be read, which was already reported.
    ///
    /// - Parameter known: the keys that the table may have.
    package func finish(known: [String]) {
        for (key, value) in members.sorted(by: { ($0.value.line, $0.key) < ($1.value.line, $1.key) })
        where value.content != .unreadable {
            if let (name, header) = problems.keys.table(of: key, known: known), !problems.roots.contains(name) {
                guard isRest(from: value.line, of: name, known) else {
                    problem(key, value.line, Text("belongs in \(header), a table of its own"))
                    continue
                }
                // Once for all of its keys.
                guard problems.headersTold.insert(name).inserted else { continue }
                problem(key, value.line, Text("belongs in \(header): write \(header) above this line"))
                continue
            }
            if value.content.isTable, let (name, _) = problems.keys.table(near: key, known: known) {
                problems.headersTold.insert(name)
            }
            problem(
                Self.shown(key), value.line,
                problems.keys.advice(on: key, isTable: value.content.isTable, known: known))
        }
    }

    /// Whether all keys from this line on belong in the table of that name: its header is missing there.
    private func isRest(from line: Int, of name: String, _ known: [String]) -> Bool {
        plain.allSatisfy { $0.value < line || problems.keys.table(of: $0.key, known: known)?.name == name }
    }

    private func problem(_ key: String, _ line: Int?, _ message: Text) {
        problems.add(Text("\(path)\(key)"), line, message)
    }
}
