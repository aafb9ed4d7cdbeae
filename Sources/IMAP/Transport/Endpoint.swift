/// Where a server is, and how the connection to it is protected.
public struct Endpoint: Equatable, Sendable {
    /// When TLS begins. `off` is for servers on this machine alone.
    public enum Protection: String, CaseIterable, Equatable, Sendable { case implicit, starttls, off }

    /// As it was configured. A name that ends with a dot is looked up as it is, without a search list: resolv.conf(5).
    public var host: String
    /// 1 to 65535.
    public var port: Int
    /// How the connection is protected.
    public var protection: Protection
    /// A PEM file of the only authorities to be believed; the system's where it is nil.
    public var authorities: String?

    /// - Parameter authorities: a PEM file, see ``authorities``.
    public init(host: String, port: Int, protection: Protection, authorities: String? = nil) {
        self.host = host
        self.port = port
        self.protection = protection
        self.authorities = authorities
    }

    /// The host in the one form in which names are compared, in a certificate (RFC 9525) and in TLS's server_name (RFC 6066,
    /// section 3): in lower case, without the dot that stands for the root.
    public var name: String {
        let lower = host.lowercased()
        return lower.hasSuffix(".") ? String(lower.dropLast()) : lower
    }
}
