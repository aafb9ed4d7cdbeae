/// What `GetInfo` reports about the service.
public struct ServiceInfo: Sendable {
    public let vendor: String
    public let product: String
    public let version: String
    public let url: String

    public init(vendor: String, product: String, version: String, url: String) {
        (self.vendor, self.product, self.version, self.url) = (vendor, product, version, url)
    }
}

/// `org.varlink.service`, by which a service describes itself (UAPI.20, "The org.varlink.service Interface").
struct ServiceInterface: VarlinkInterface {
    let definition: InterfaceDefinition
    private let info: JSON.Object
    private let descriptions: [String: String]

    init(_ info: ServiceInfo, others: [InterfaceDefinition]) throws(InterfaceSyntaxError) {
        definition = try InterfaceDefinition(parsing: Self.text)
        var descriptions = [definition.name: definition.text]
        var names = [JSON.string(definition.name)]
        for other in others {
            if descriptions.updateValue(other.text, forKey: other.name) == nil { names.append(.string(other.name)) }
        }
        self.descriptions = descriptions
        self.info = [
            "vendor": .string(info.vendor), "product": .string(info.product), "version": .string(info.version),
            "url": .string(info.url), "interfaces": .array(names),
        ]
    }

    func call(_ call: Call) async throws(VarlinkError) -> Reply {
        switch call.method {
        case "GetInfo": return Reply(info)
        case "GetInterfaceDescription":
            let name = call.parameters["interface"]?.string ?? ""
            guard let description = descriptions[name] else { throw .interfaceNotFound(name) }
            return Reply(["description": .string(description)])
        default: throw .methodNotImplemented("\(definition.name).\(call.method)")
        }
    }

    static let text = """
        # Offered by every Varlink service: what it is and which interfaces it has.
        interface org.varlink.service

        # The vendor and version of the service, and the names of its interfaces, including this one.
        method GetInfo() -> (
          vendor: string,
          product: string,
          version: string,
          url: string,
          interfaces: []string
        )

        # The text of one interface, with its comments.
        method GetInterfaceDescription(interface: string) -> (description: string)

        # The service has no interface of that name.
        error InterfaceNotFound (interface: string)

        # The interface has no method of that name.
        error MethodNotFound (method: string)

        # The interface has the method, but this service does not implement it.
        error MethodNotImplemented (method: string)

        # That parameter is missing, unknown, of the wrong type or out of range.
        error InvalidParameter (parameter: string)

        # The caller may not do this.
        error PermissionDenied ()

        # The method must be called with 'more'.
        error ExpectedMore ()

        # The method must be called with 'upgrade'.
        error ExpectedUpgrade ()

        """
}
