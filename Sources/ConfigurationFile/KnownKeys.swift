import Messages

/// All keys of a configuration, and advice on what may be meant by an unknown one.
package struct KnownKeys: Sendable {
    /// Where a key belongs.
    package enum Place: Sendable {
        /// At the beginning of the file, above all headers.
        case beginning
        /// Below this header, written as in the file, such as `[socket]`.
        case header(String)
        /// Between the braces of this key's value.
        case braces(String)
    }

    private let places: [(place: Place, keys: [String])]
    let all: Set<String>
    /// Keys that say where a secret is, in place of which somebody may write the secret itself.
    let ofSecrets: Set<String>
    /// Keys whose value is never shown in an error.
    let hidden: Set<String>
    /// What a key can be that takes one of a few words.
    let choices: [String: Text]

    /// - Parameters:
    ///   - places: the keys, by the place where each belongs.
    ///   - ofSecrets: keys that say where a secret is.
    ///   - hidden: further keys whose value may contain a secret.
    ///   - choices: the words that a key can be, by key.
    package init(
        _ places: [(Place, [String])], ofSecrets: Set<String>, hidden: Set<String>, choices: [String: Text] = [:]
    ) {
        self.choices = choices
        self.places = places
        (self.ofSecrets, self.hidden) = (ofSecrets, hidden.union(ofSecrets))
        all = Set(places.flatMap(\.1))
    }

    /// The name of the table that a key belongs in, and its header, where it belongs in one and has no meaning where it is.
    func table(of key: String, known: [String]) -> (name: String, header: String)? {
        guard let (place, _) = places.first(where: { $0.keys.contains(key) && $0.keys != known }) else { return nil }
        return place.table
    }

    /// The table that may be meant by an unknown one, and its header.
    func table(near key: String, known: [String]) -> (name: String, header: String)? {
        guard let near = Self.nearest(to: key, in: known) else { return nil }
        return places.lazy.compactMap { $0.place.table }.first { $0.name == near }
    }

    /// What to do about a key that has no meaning where it is.
    ///
    /// - Parameters:
    ///   - isTable: it is the name of a table.
    ///   - known: the keys that have a meaning there.
    func advice(on key: String, isTable: Bool, known: [String]) -> Text {
        if let (place, _) = places.first(where: { $0.keys.contains(key) && $0.keys != known }) {
            if isTable, ofSecrets.contains(key), let (name, header) = place.table {
                return Text("write [\(name).\(key)], or \(key) = { ... } in \(header)")
            }
            return place.belonging
        }
        if isTable, let (_, header) = table(near: key, known: known) {
            return Text("unknown table: did you mean \(header)?")
        }
        if let near = Self.nearest(to: key, in: known) { return Text("unknown key: did you mean \(near)?") }
        for (place, keys) in places where keys != known {
            if let near = Self.nearest(to: key, in: keys) {
                return Text("unknown key: did you mean \(near) in \(place.name)?")
            }
        }
        return Text("unknown key; known here: \(known.sorted().joined(separator: ", "))")
    }

    /// The key that differs in the fewest letters, if these are few.
    private static func nearest(to key: String, in known: [String]) -> String? {
        let letters = folded(key)
        guard 2...64 ~= letters.count else { return nil }
        let distances = known.map { (distance(letters, folded($0)), $0) }
        guard let (least, near) = distances.min(by: { $0.0 < $1.0 }), least <= max(1, letters.count / 3) else {
            return nil
        }
        return near
    }

    /// Without what people often confuse: capitals, hyphens, a plural.
    private static func folded(_ key: String) -> [Character] {
        let letters = key.lowercased().filter { $0 != "-" && $0 != "_" && $0 != " " }
        return Array(letters.hasSuffix("s") ? letters.dropLast() : letters[...])
    }

    /// Levenshtein's distance, with the exchange of two neighbouring letters as one step.
    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var before: [Int] = []
        var last = Array(0...right.count)
        for row in left.indices {
            var next = [row + 1]
            for column in right.indices {
                var least = min(
                    last[column] + (left[row] == right[column] ? 0 : 1), last[column + 1] + 1, next[column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    least = min(least, before[column - 1] + 1)
                }
                next.append(least)
            }
            (before, last) = (last, next)
        }
        return last.last ?? left.count
    }
}

extension KnownKeys.Place {
    fileprivate var name: Text {
        switch self {
        case .beginning: Text("the beginning of the file")
        case .header(let header): Text(verbatim: header)
        case .braces(let key): Text(verbatim: "\(key) = { }")
        }
    }

    /// The one table whose header it is, and the header.
    fileprivate var table: (name: String, header: String)? {
        guard case .header(let header) = self else { return nil }
        let name = header.drop { $0 == "[" }.prefix { $0 != "]" }
        guard header == "[\(name)]" || header == "[[\(name)]]" else { return nil }
        return (String(name), header)
    }

    /// The advice for a key that was written elsewhere.
    fileprivate var belonging: Text {
        switch self {
        case .beginning: Text("belongs at the beginning of the file, above the first header")
        case .header(let header): Text("belongs in \(header), below that line")
        case .braces(let key): Text("belongs between the braces of \(key) = { }")
        }
    }
}
