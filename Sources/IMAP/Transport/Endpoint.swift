/// Where a server is, and how the connection to it is protected.
public struct Endpoint: Equatable, Sendable {
    /// When TLS begins. `off` is for servers on this machine alone.
    public enum Protection: String, Equatable, Sendable { case implicit, starttls, off }

    public var host: String
    public var port: Int
    public var protection: Protection
    /// A PEM file of the only authorities to be believed; the system's where it is nil.
    public var authorities: String?

    public init(host: String, port: Int, protection: Protection, authorities: String? = nil) {
        self.host = host
        self.port = port
        self.protection = protection
        self.authorities = authorities
    }
}
