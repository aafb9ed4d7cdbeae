/// A Varlink interface as its text declares it (UAPI.20, "Interface Definition").
///
/// The text is the one source: it is what clients are given, and what their parameters are checked against.
public struct InterfaceDefinition: Sendable {
    /// A type, as it follows a field's colon.
    public indirect enum FieldType: Equatable, Sendable {
        case bool, int, float, string, object, any
        /// A type declared elsewhere in the interface.
        case named(String)
        case structure([Field])
        case enumeration([String])
        case array(FieldType)
        case map(FieldType)
        case nullable(FieldType)
    }

    /// A named and typed member of a structure.
    public struct Field: Equatable, Sendable {
        public let name: String
        public let type: FieldType
    }

    /// A method with what goes in and what comes out.
    public struct Method: Equatable, Sendable {
        public let name: String
        public let input: [Field]
        public let output: [Field]
    }

    /// Reverse-domain, such as `org.varlink.service`.
    public let name: String
    /// The text as it was given, comments and all.
    public let text: String
    public let methods: [String: Method]
    /// Structures and enumerations by name.
    public let types: [String: FieldType]
    /// The parameters of each error, by the error's unqualified name.
    public let errors: [String: [Field]]

    /// Parses the text and makes sure that no name is declared twice and that each type used is declared.
    public init(parsing text: String) throws(InterfaceSyntaxError) {
        var parser = InterfaceParser(text)
        let members = try parser.parse()
        self.name = members.name
        self.text = text
        (methods, types, errors) = (members.methods, members.types, members.errors)
    }
}

/// Why a text is not a valid interface definition.
public struct InterfaceSyntaxError: Error, Equatable, CustomStringConvertible {
    /// What was expected, or what is wrong.
    public let message: String
    /// Counted from 1.
    public let line: Int

    public var description: String { "interface definition, line \(line): \(message)" }
}
