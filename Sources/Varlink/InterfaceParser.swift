/// Parses the interface definition language (UAPI.20, "Grammar"), white space and comments between any two tokens.
/// Line breaks between members are not required. Types nest at most 32 deep. Time is linear in the text.
struct InterfaceParser {
    typealias Field = InterfaceDefinition.Field
    typealias FieldType = InterfaceDefinition.FieldType

    struct Members {
        var name = ""
        var methods: [String: InterfaceDefinition.Method] = [:]
        var types: [String: FieldType] = [:]
        var errors: [String: [Field]] = [:]

        func declares(_ name: String) -> Bool {
            methods[name] != nil || types[name] != nil || errors[name] != nil
        }
    }

    private let text: [Unicode.Scalar]
    private var position = 0
    /// Counted from 1.
    private var line = 1
    private var depth = 0
    private var namesUsed: [(name: String, line: Int)] = []

    init(_ text: String) {
        self.text = Array(text.unicodeScalars)
    }

    mutating func parse() throws(InterfaceSyntaxError) -> Members {
        var members = Members()
        try expectKeyword("interface")
        members.name = try interfaceName()
        skip()
        while position < text.count {
            try member(into: &members)
            skip()
        }
        for index in namesUsed.indices where members.types[namesUsed[index].name] == nil {
            throw InterfaceSyntaxError(
                message: "type \(namesUsed[index].name) is not declared", line: namesUsed[index].line)
        }
        return members
    }

    private mutating func member(into members: inout Members) throws(InterfaceSyntaxError) {
        let keyword = word { $0.isLetter }
        guard ["method", "type", "error"].contains(keyword) else { throw error("expected method, type or error") }
        let name = word { $0.isLetter || $0.isDigit }
        guard let first = name.unicodeScalars.first, ("A"..."Z").contains(first) else {
            throw error("expected a name that starts with a capital letter")
        }
        guard !members.declares(name) else { throw error("\(name) is declared twice") }
        switch keyword {
        case "method":
            let input = try structure()
            try expect("-")
            try expect(">", skipping: false)
            members.methods[name] = InterfaceDefinition.Method(name: name, input: input, output: try structure())
        case "type":
            members.types[name] = try structureOrEnumeration()
        default:
            members.errors[name] = try structure()
        }
    }

    // MARK: - Types

    private mutating func type(mayBeNullable: Bool = true) throws(InterfaceSyntaxError) -> FieldType {
        depth += 1
        defer { depth -= 1 }
        guard depth <= 32 else { throw error("types nest too deep") }
        skip()
        if take("?") {
            guard mayBeNullable else { throw error("? after ?") }
            return .nullable(try type(mayBeNullable: false))
        }
        if take("[") {
            if take("]") { return .array(try type()) }
            guard word({ $0.isLetter }) == "string", take("]") else { throw error("expected [] or [string]") }
            return .map(try type())
        }
        if peek == "(" { return try structureOrEnumeration() }
        let name = word { $0.isLetter || $0.isDigit }
        switch name {
        case "bool": return .bool
        case "int": return .int
        case "float": return .float
        case "string": return .string
        case "object": return .object
        case "any": return .any
        default:
            guard let first = name.unicodeScalars.first, ("A"..."Z").contains(first) else {
                throw error("expected a type")
            }
            namesUsed.append((name, line))
            return .named(name)
        }
    }

    private mutating func structure() throws(InterfaceSyntaxError) -> [Field] {
        guard case .structure(let fields) = try structureOrEnumeration() else { throw error("expected fields") }
        return fields
    }

    /// Both are in parentheses; what follows the first name tells them apart. Empty ones are structures.
    private mutating func structureOrEnumeration() throws(InterfaceSyntaxError) -> FieldType {
        try expect("(")
        skip()
        if take(")") { return .structure([]) }
        var fields: [Field] = []
        var values: [String] = []
        var names: Set<String> = []
        repeat {
            let name = try fieldName()
            guard names.insert(name).inserted else { throw error("\(name) occurs twice") }
            skip()
            if values.isEmpty, take(":") {
                fields.append(Field(name: name, type: try type()))
            } else if fields.isEmpty {
                values.append(name)
            } else {
                throw error("expected : and a type")
            }
            skip()
        } while take(",")
        try expect(")")
        return fields.isEmpty ? .enumeration(values) : .structure(fields)
    }

    // MARK: - Names and tokens

    private mutating func interfaceName() throws(InterfaceSyntaxError) -> String {
        let name = word { $0.isLetter || $0.isDigit || $0 == "-" || $0 == "." }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        let isValid =
            parts.count >= 2 && name.unicodeScalars.first?.isLetter == true
            && parts.allSatisfy { !$0.isEmpty && !$0.hasPrefix("-") && !$0.hasSuffix("-") }
        guard isValid else { throw error("expected an interface name in reverse-domain notation") }
        return name
    }

    private mutating func fieldName() throws(InterfaceSyntaxError) -> String {
        let name = word { $0.isLetter || $0.isDigit || $0 == "_" }
        guard name.unicodeScalars.first?.isLetter == true, !name.hasSuffix("_"), !name.contains("__") else {
            throw error("expected a field name")
        }
        return name
    }

    private mutating func expectKeyword(_ keyword: String) throws(InterfaceSyntaxError) {
        guard word({ $0.isLetter }) == keyword else { throw error("expected \(keyword)") }
    }

    /// The longest run of such characters, after white space and comments; empty where there is none.
    private mutating func word(_ belongs: (Unicode.Scalar) -> Bool) -> String {
        skip()
        var word = String.UnicodeScalarView()
        while let scalar = peek, belongs(scalar) {
            word.append(scalar)
            position += 1
        }
        return String(word)
    }

    private mutating func expect(_ scalar: Unicode.Scalar, skipping: Bool = true) throws(InterfaceSyntaxError) {
        if skipping { skip() }
        guard take(scalar) else { throw error("expected \(scalar)") }
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard peek == scalar else { return false }
        position += 1
        return true
    }

    private var peek: Unicode.Scalar? { position < text.count ? text[position] : nil }

    private mutating func skip() {
        var inComment = false
        while let scalar = peek {
            if scalar == "#" { inComment = true }
            if scalar == "\n" || scalar == "\r" { inComment = false }
            guard inComment || scalar.properties.isWhitespace || scalar == "\u{FEFF}" else { return }
            if scalar == "\n" { line += 1 }
            position += 1
        }
    }

    private func error(_ message: String) -> InterfaceSyntaxError {
        InterfaceSyntaxError(message: message, line: line)
    }
}

extension Unicode.Scalar {
    fileprivate var isLetter: Bool { ("a"..."z").contains(self) || ("A"..."Z").contains(self) }
    fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
}
