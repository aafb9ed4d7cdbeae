/// The hosts that the browser may reach, and by which scheme: https, and http on this machine alone.
struct HostWall: Equatable, Sendable {
    private let hosts: Set<String>

    init(_ hosts: [String]) { self.hosts = Set(hosts) }

    func allows(_ address: WebAddress) -> Bool {
        guard hosts.contains(address.host) else { return false }
        return address.scheme == "https" || Self.isThisMachine(address.host)
    }

    /// Whether a request may go out. What has no host (`data:`, `blob:`, `about:`) goes nowhere.
    func allows(url: String) -> Bool {
        for scheme in ["data:", "blob:", "about:"] where url.utf8.starts(with: scheme.utf8) { return true }
        return WebAddress(url.prefixWithoutQuery).map(allows) ?? false
    }

    static func isThisMachine(_ host: String) -> Bool { host == "localhost" || host == "127.0.0.1" || host == "[::1]" }
}

extension String {
    /// A query may hold anything, and says nothing of where a request goes.
    var prefixWithoutQuery: String {
        String(decoding: utf8.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }, as: UTF8.self)
    }
}
