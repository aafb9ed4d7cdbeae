extension InterfaceDefinition {
    /// Makes sure that the parameters are those that the interface declares: each known, of its type, and none missing
    /// that is not nullable. Absent and null are one and the same for a nullable one.
    ///
    /// Throws `org.varlink.service.InvalidParameter` with the path of the first that is wrong, such as `outer.inner`.
    public func check(_ parameters: JSON.Object, against fields: [Field]) throws(VarlinkError) {
        if let path = firstBreach(in: parameters, of: fields) { throw .invalidParameter(path) }
    }

    /// The path of the first member that breaks the declaration; nil where there is none.
    private func firstBreach(in object: JSON.Object, of fields: [Field]) -> String? {
        for index in object.members.indices {
            let name = object.members[index].name
            guard fields.contains(where: { $0.name == name }) else { return name }
        }
        for index in fields.indices {
            let field = fields[index]
            let path = firstBreach(in: object[field.name] ?? .null, of: field.type)
            if let path { return path.isEmpty ? field.name : "\(field.name).\(path)" }
        }
        return nil
    }

    /// The path inside the value of what breaks its type: empty where it is the value itself, nil where nothing does.
    /// Goes no deeper than the value does.
    private func firstBreach(in value: JSON, of type: FieldType) -> String? {
        switch (type, value) {
        case (.nullable, .null): return nil
        case (.nullable(let type), _): return firstBreach(in: value, of: type)
        case (.named(let name), _): return types[name].map { firstBreach(in: value, of: $0) } ?? ""
        case (.any, .null): return ""
        case (.any, _), (.bool, .bool), (.int, .int), (.float, .int), (.float, .double), (.object, .object): return nil
        case (.string, .string), (.string, .confidential): return nil
        case (.enumeration(let values), .string(let text)): return values.contains(text) ? nil : ""
        case (.structure(let fields), .object(let object)): return firstBreach(in: object, of: fields)
        case (.array(let type), .array(let elements)):
            for index in elements.indices {
                if let path = firstBreach(in: elements[index], of: type) { return joined("\(index)", path) }
            }
            return nil
        case (.map(let type), .object(let object)):
            for index in object.members.indices {
                let (name, value) = object.members[index]
                if let path = firstBreach(in: value, of: type) { return joined(name, path) }
            }
            return nil
        default: return ""
        }
    }

    private func joined(_ name: String, _ path: String) -> String { path.isEmpty ? name : "\(name).\(path)" }
}
