import Messages

/// A table while the document is being read.
final class Table {
    enum Origin {
        /// A header or a dotted key has it on its way.
        case way
        case header
        /// Dotted keys.
        case dotted
    }

    enum Member {
        case value(TOMLValue)
        case table(Table)
        case tables(Tables)

        var line: Int {
            switch self {
            case .value(let value): value.line
            case .table(let table): table.line
            case .tables(let tables): tables.all[0].line
            }
        }
    }

    final class Tables {
        /// At least one.
        var all: [Table]
        init(_ first: Table) { all = [first] }
    }

    let line: Int
    var origin: Origin
    var members: [String: Member] = [:]

    init(line: Int, _ origin: Origin) { (self.line, self.origin) = (line, origin) }

    /// As it is in the end. As deep as headers, keys and values together are long at most.
    var contents: [String: TOMLValue] {
        members.mapValues { member in
            switch member {
            case .value(let value): value
            case .table(let table): TOMLValue(content: .table(table.contents), line: table.line)
            case .tables(let tables):
                TOMLValue(
                    content: .array(tables.all.map { TOMLValue(content: .table($0.contents), line: $0.line) }),
                    line: member.line)
            }
        }
    }
}

/// The tables of a document while it is being read, enforcing that nothing is defined twice.
struct Tree {
    let root = Table(line: 1, .header)

    /// The table of a header: where that cannot be, what is wrong, and a table that its keys may go to.
    func open(_ path: [String], isOfMany: Bool, line: Int) -> (table: Table, fault: Text?) {
        let new = Table(line: line, .header)
        var table = root
        for name in path.dropLast() {
            switch table.members[name] {
            case nil:
                let next = Table(line: line, .way)
                table.members[name] = .table(next)
                table = next
            case .table(let next)?: table = next
            case .tables(let next)?: table = next.all.last ?? new
            case .value(let value)?: return (new, noTable(value))
            }
        }
        guard let name = path.last else { return (root, nil) }
        switch (table.members[name], isOfMany) {
        case (nil, false): table.members[name] = .table(new)
        case (nil, true): table.members[name] = .tables(Table.Tables(new))
        case (.tables(let tables)?, true): tables.all.append(new)
        case (.table(let known)?, false):
            if known.origin == .way {
                known.origin = .header
                return (known, nil)
            }
            return (
                known,
                Text(
                    "this table is defined twice: the first definition is on line \(known.line), and all its keys belong there"
                )
            )
        case (.table(let known)?, true):
            return (new, Text("this [[table]] is a [table] on line \(known.line): one of the two is wrong"))
        case (.tables(let known)?, false):
            return (new, Text("this [table] is a [[table]] on line \(known.all[0].line): one of the two is wrong"))
        case (.value(let value)?, _): return (new, noTable(value))
        }
        return (new, nil)
    }

    private func noTable(_ value: TOMLValue) -> Text {
        Text("this table is a key with a value on line \(value.line): one of the two is wrong")
    }

    /// - Parameter replacing: false: what is there stays, and is no mistake.
    func set(_ path: [String], _ content: TOMLValue.Content, line: Int, in table: Table, replacing: Bool = true)
        throws(TOMLMistake)
    {
        var table = table
        for name in path.dropLast() {
            switch table.members[name] {
            case nil:
                let next = Table(line: line, .dotted)
                table.members[name] = .table(next)
                table = next
            case .table(let next)? where next.origin != .header: table = next
            case let other?:
                throw TOMLMistake(
                    line: line,
                    message: Text(
                        "what comes before the dot is something else on line \(other.line): nothing can be added to it"
                    ))
            }
        }
        guard let name = path.last else { return }
        if let known = table.members[name] {
            guard replacing else { return }
            throw TOMLMistake(line: line, message: Text("it is set twice: the first time on line \(known.line)"))
        }
        table.members[name] = .value(TOMLValue(content: content, line: line))
    }
}
