/// The hosts that a certificate is for: what its subject alternative names say, and nothing else. RFC 9525
struct CertificateNames: Equatable, Sendable {
    /// dNSName, in lower case.
    var names: [String] = []
    /// iPAddress, 4 or 16 bytes each (RFC 5280, section 4.2.1.6).
    var addresses: [[UInt8]] = []

    /// It is for no host at all.
    var isEmpty: Bool { names.isEmpty && addresses.isEmpty }

    /// Whether it is for this host, which is an address or a name in lower case, without a dot at its end.
    func cover(_ host: String) -> Bool {
        if let address = HostAddress(host) { return addresses.contains(address.bytes) }
        return names.contains { Self.covers($0, host) }
    }

    /// A wildcard is all of the first label and stands for one label (RFC 9525, section 6.3). A name of which nothing but the top
    /// is left behind it would be half the world's.
    private static func covers(_ pattern: String, _ host: String) -> Bool {
        if pattern == host { return !host.isEmpty && !host.utf8.contains(UInt8(ascii: "*")) }
        guard pattern.hasPrefix("*."), let dot = host.firstIndex(of: "."), dot != host.startIndex else { return false }
        let rest = host[dot...].dropFirst()
        return pattern.dropFirst(2) == rest && rest.utf8.contains(UInt8(ascii: "."))
    }

    /// Some of what it is for, to be shown: the first few, of letters, digits, hyphens, dots and wildcards alone, since whoever
    /// answers there has written them.
    var shown: [String] {
        let named = names.filter { name in
            1...100 ~= name.utf8.count
                && name.utf8.allSatisfy {
                    UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0
                        || [UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "*"), UInt8(ascii: "_")].contains($0)
                }
        }
        return Array((named + addresses.compactMap { HostAddress(bytes: $0)?.description }).prefix(4))
    }
}
