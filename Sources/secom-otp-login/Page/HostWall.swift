/// The hosts that the browser may reach, by https; by http only on this machine.
struct HostWall: Equatable, Sendable {
    private let hosts: Set<String>

    init(_ hosts: [String]) { self.hosts = Set(hosts) }

    func allows(_ address: WebAddress) -> Bool {
        guard hosts.contains(address.host) else { return false }
        return address.scheme == "https" || Self.isThisMachine(address.host)
    }

    /// Whether a request may be sent. A URL without a host (`data:`, `blob:`, `about:`) is allowed: it reaches no host.
    func allows(url: String) -> Bool {
        for scheme in ["data:", "blob:", "about:"] where url.utf8.starts(with: scheme.utf8) { return true }
        return WebAddress(url.prefixWithoutQuery).map(allows) ?? false
    }

    static func isThisMachine(_ host: String) -> Bool { host == "localhost" || host == "127.0.0.1" || host == "[::1]" }
}

extension String {
    /// The URL without query and fragment, which may contain anything and do not affect where a request goes.
    var prefixWithoutQuery: String {
        String(decoding: utf8.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }, as: UTF8.self)
    }
}
