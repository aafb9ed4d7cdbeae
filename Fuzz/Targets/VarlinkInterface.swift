import Varlink

/// The text of an interface and, behind a NUL, parameters for all of its methods.
enum FuzzedInterface {
    static func check(_ input: [UInt8]) {
        let parts = input.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
        let text = String(decoding: parts[0], as: UTF8.self)
        let definition: InterfaceDefinition
        do throws(InterfaceSyntaxError) { definition = try InterfaceDefinition(parsing: text) } catch {
            precondition(1...(1 + text.unicodeScalars.count { $0 == "\n" }) ~= error.line, "a line that is not there")
            return
        }
        precondition(definition.text == text && definition.name.contains("."), "another interface")
        guard parts.count == 2, let json = try? JSON(parsing: Array(parts[1])), let parameters = json.object else {
            return
        }
        for method in definition.methods.values {
            for fields in [method.input, method.output] {
                guard (try? definition.check(parameters, against: fields)) != nil else { continue }
                // What is allowed is declared, and nothing that must be there is missing.
                let names = Set(fields.map(\.name))
                precondition(parameters.members.allSatisfy { names.contains($0.name) }, "an unknown parameter")
                for field in fields {
                    if case .nullable = field.type { continue }
                    precondition(parameters[field.name]?.isNull == false, "a missing parameter")
                }
            }
        }
    }
}
