/// Why a message is invalid, so that its connection must be closed: there is no defined reply to it (UAPI.20, "Connection
/// Lifecycle").
public enum MessageError: Error, Equatable, CustomStringConvertible {
    case notJSON(JSONSyntaxError)
    case notAnObject
    /// `method` is missing, or no string.
    case noMethod
    /// A member of the header has a value of a wrong type.
    case wrongType(member: String)
    /// A member of the header that is not defined and has no vendor's prefix.
    case unknownMember(String)
    /// More than one of `oneway`, `more` and `upgrade` is true.
    case contradictoryFlags

    public var description: String {
        switch self {
        case .notJSON(let error): error.description
        case .notAnObject: "a message is not a JSON object"
        case .noMethod: "a call has no method"
        case .wrongType(let member): "\(member) has a value of the wrong type"
        case .unknownMember: "a message has an unknown member"
        case .contradictoryFlags: "more than one of oneway, more and upgrade is set"
        }
    }
}

/// What a client sends: `(method: string, parameters: ?object, oneway: ?bool, more: ?bool, upgrade: ?bool)`.
public struct CallMessage: Equatable, Sendable {
    /// How the call wants to be answered. At most one of the three flags may be set, so they are one value here.
    public enum Mode: Equatable, Sendable {
        /// One reply.
        case single
        /// No reply, no error either.
        case oneway
        /// As many replies as there are.
        case more
        /// One reply, then another protocol.
        case upgrade
    }

    /// Fully qualified: interface, dot, method.
    public let method: String
    /// Empty where they were absent or null.
    public let parameters: JSON.Object
    public let mode: Mode

    public init(method: String, parameters: JSON.Object = [:], mode: Mode = .single) {
        (self.method, self.parameters, self.mode) = (method, parameters, mode)
    }

    /// Parses one message, its NUL not included. A pure function of the bytes.
    public init(parsing bytes: UnsafeRawBufferPointer) throws(MessageError) {
        let header = try messageObject(parsing: bytes)
        var method: String?
        var parameters = JSON.Object()
        var flags: [Mode] = []
        for index in header.members.indices {
            let (name, value) = header.members[index]
            switch name {
            case "method":
                guard case .string(let text) = value else { throw .noMethod }
                method = text
            case "parameters": parameters = try value.asParameters()
            case "oneway": if try value.asFlag(name) { flags.append(.oneway) }
            case "more": if try value.asFlag(name) { flags.append(.more) }
            case "upgrade": if try value.asFlag(name) { flags.append(.upgrade) }
            default: try refuseUnlessVendorExtension(name)
            }
        }
        guard let method else { throw .noMethod }
        guard flags.count <= 1 else { throw .contradictoryFlags }
        self.init(method: method, parameters: parameters, mode: flags.first ?? .single)
    }

    /// The message as it is sent, without NUL. What need not be said is left out.
    var json: JSON.Object {
        var header: JSON.Object = ["method": .string(method)]
        if !parameters.isEmpty { header["parameters"] = .object(parameters) }
        switch mode {
        case .single: break
        case .oneway: header["oneway"] = true
        case .more: header["more"] = true
        case .upgrade: header["upgrade"] = true
        }
        return header
    }
}

func messageObject(parsing bytes: UnsafeRawBufferPointer) throws(MessageError) -> JSON.Object {
    let json: JSON
    do { json = try JSON(parsing: bytes) } catch { throw .notJSON(error) }
    guard case .object(let object) = json else { throw .notAnObject }
    return object
}

/// Members added by vendors have a reverse-domain name, so a dot, and are ignored; any other is a violation.
func refuseUnlessVendorExtension(_ name: String) throws(MessageError) {
    guard name.utf8.contains(UInt8(ascii: ".")) else { throw .unknownMember(name) }
}

extension JSON {
    func asFlag(_ name: String) throws(MessageError) -> Bool {
        switch self {
        case .bool(let flag): return flag
        case .null: return false
        default: throw .wrongType(member: name)
        }
    }

    func asParameters() throws(MessageError) -> JSON.Object {
        switch self {
        case .object(let object): return object
        case .null: return [:]
        default: throw .wrongType(member: "parameters")
        }
    }
}
