/// An error that a call is answered with: a fully-qualified name and what belongs to it (UAPI.20, "Errors").
public struct VarlinkError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Such as `org.varlink.service.InvalidParameter`.
    public let name: String
    /// As the interface declares them for this error.
    public let parameters: JSON.Object

    public init(_ name: String, _ parameters: JSON.Object = [:]) {
        self.name = name
        self.parameters = parameters
    }

    /// The name alone: parameters may hold what does not belong in a log.
    public var description: String { name }
}

/// The errors of `org.varlink.service`, which any method may answer with.
extension VarlinkError {
    /// The service has no interface of that name.
    public static func interfaceNotFound(_ interface: String) -> VarlinkError {
        VarlinkError("org.varlink.service.InterfaceNotFound", ["interface": .string(interface)])
    }

    /// The interface has no method of that name, which is given fully qualified.
    public static func methodNotFound(_ method: String) -> VarlinkError {
        VarlinkError("org.varlink.service.MethodNotFound", ["method": .string(method)])
    }

    /// The interface has the method, this service does not do it. The name is given fully qualified.
    public static func methodNotImplemented(_ method: String) -> VarlinkError {
        VarlinkError("org.varlink.service.MethodNotImplemented", ["method": .string(method)])
    }

    /// A parameter is missing, unknown, of the wrong type or out of range. Inside a structure: `outer.inner`.
    public static func invalidParameter(_ parameter: String) -> VarlinkError {
        VarlinkError("org.varlink.service.InvalidParameter", ["parameter": .string(parameter)])
    }

    /// The client may not do this. The message, in English, is an addition that clients may ignore.
    public static func permissionDenied(message: String? = nil) -> VarlinkError {
        let name = "org.varlink.service.PermissionDenied"
        return message.map { VarlinkError(name, ["message": .string($0)]) } ?? VarlinkError(name)
    }

    /// The method gives several replies and must be called with `more`.
    public static let expectedMore = VarlinkError("org.varlink.service.ExpectedMore")
}
