/// The interfaces of one service, `org.varlink.service` among them, and which of them a call is for.
public struct VarlinkService: Sendable {
    private var interfaces: [String: any VarlinkInterface] = [:]

    /// - Parameter interfaces: with names that differ; of two with one name the later one is served.
    public init(_ info: ServiceInfo, interfaces: [any VarlinkInterface]) throws(InterfaceSyntaxError) {
        let service = try ServiceInterface(info, others: interfaces.map(\.definition))
        for interface in interfaces + [service] { self.interfaces[interface.definition.name] = interface }
    }

    /// Where a call goes.
    public enum Route: Sendable {
        case interface(any VarlinkInterface, method: String)
        /// To nobody: this is its answer.
        case error(VarlinkError)
    }

    /// Finds the interface and checks the parameters. A pure function of the message.
    public func route(_ message: CallMessage) -> Route {
        let dot = message.method.lastIndex(of: ".") ?? message.method.endIndex
        guard let interface = interfaces[String(message.method[..<dot])] else {
            return .error(.interfaceNotFound(String(message.method[..<dot])))
        }
        let name = String(message.method[dot...].dropFirst())
        guard let method = interface.definition.methods[name] else { return .error(.methodNotFound(message.method)) }
        do {
            try interface.definition.check(message.parameters, against: method.input)
        } catch {
            return .error(error)
        }
        // No method here turns the connection over to another protocol.
        guard message.mode != .upgrade else { return .error(.invalidParameter("upgrade")) }
        return .interface(interface, method: name)
    }

    func holdsSomething(_ connection: ConnectionID) -> Bool {
        interfaces.values.contains { $0.holdsSomething(connection) }
    }

    func connectionEnded(_ connection: ConnectionID) async {
        for interface in interfaces.values { await interface.connectionEnded(connection) }
    }
}
