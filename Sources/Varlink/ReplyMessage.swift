import NIOCore

/// What a service sends: `(parameters: ?object, continues: ?bool, error: ?string)`.
public enum ReplyMessage: Equatable, Sendable {
    /// The result of a call, or one of its results where more are to come.
    case parameters(JSON.Object, continues: Bool = false)
    /// The call has failed.
    case error(VarlinkError)

    /// Parses one message, its NUL not included. A pure function of the bytes.
    public init(parsing bytes: UnsafeRawBufferPointer) throws(MessageError) {
        let header = try messageObject(parsing: bytes)
        var parameters = JSON.Object()
        var continues = false
        var error: String?
        for index in header.members.indices {
            let (name, value) = header.members[index]
            switch name {
            case "parameters": parameters = try value.asParameters()
            case "continues": continues = try value.asFlag(name)
            case "error":
                switch value {
                case .string(let name): error = name
                case .null: break
                default: throw .wrongType(member: name)
                }
            default: try refuseUnlessVendorExtension(name)
            }
        }
        if let error {
            guard !continues else { throw .contradictoryFlags }
            self = .error(VarlinkError(error, parameters))
        } else {
            self = .parameters(parameters, continues: continues)
        }
    }

    var json: JSON.Object {
        var header = JSON.Object()
        switch self {
        case .parameters(let parameters, let continues):
            if !parameters.isEmpty { header["parameters"] = .object(parameters) }
            if continues { header["continues"] = true }
        case .error(let error):
            header["error"] = .string(error.name)
            if !error.parameters.isEmpty { header["parameters"] = .object(error.parameters) }
        }
        return header
    }
}

extension ByteBuffer {
    /// Bytes that a message seldom exceeds: one that holds something confidential never outgrows its buffer, and so
    /// leaves nothing behind in memory that is not wiped.
    static let ordinaryMessage = 2048

    /// One message with its NUL.
    package init(message: JSON.Object) {
        self = ByteBufferAllocator().buffer(capacity: Self.ordinaryMessage)
        write(message)
        writeInteger(UInt8(0))
    }
}
