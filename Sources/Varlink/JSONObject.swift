extension JSON {
    /// The members of a JSON object, in the order they came in or were given. Names are unique.
    public struct Object: Sendable, Equatable {
        public private(set) var members: [(name: String, value: JSON)] = []

        /// An empty object.
        public init() {}

        /// Of two members with one name the later one wins.
        init(_ members: [(String, JSON)]) {
            for (name, value) in members { self[name] = value }
        }

        /// For the parser, which has made sure that the names are unique.
        init(unique members: [(name: String, value: JSON)]) {
            self.members = members
        }

        /// The member's value, nil where there is none. Linear: objects are small, and readers ask for few names.
        public subscript(name: String) -> JSON? {
            get {
                for index in members.indices where members[index].name == name { return members[index].value }
                return nil
            }
            set {
                let index = members.firstIndex { $0.name == name }
                switch (index, newValue) {
                case (let index?, let value?): members[index].value = value
                case (let index?, nil): members.remove(at: index)
                case (nil, let value?): members.append((name, value))
                case (nil, nil): break
                }
            }
        }

        public var count: Int { members.count }
        public var isEmpty: Bool { members.isEmpty }

        /// Order does not count.
        public static func == (left: Object, right: Object) -> Bool {
            guard left.count == right.count else { return false }
            let others = Dictionary(right.members.map { ($0.name, $0.value) }) { first, _ in first }
            return left.members.allSatisfy { others[$0.name] == $0.value }
        }
    }
}

extension JSON.Object: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral members: (String, JSON)...) { self.init(members) }
}
