/// The parts of a URL that the walk uses: scheme, host, port, path. Parsed strictly; an unusual URL is rejected.
struct WebAddress: Equatable, Sendable {
    var scheme: String
    /// In lower case.
    var host: String
    /// Nil: the default of the scheme.
    var port: Int?
    /// The path without query and fragment.
    var path: String

    /// Nil unless it is an http or https URL with a plain host.
    init?(_ url: String) {
        let bytes = Array(url.utf8)
        guard bytes.count <= 8192, bytes.allSatisfy({ 0x21...0x7E ~= $0 && $0 != UInt8(ascii: "\\") }),
            let (scheme, rest) = Self.scheme(bytes)
        else { return nil }
        let authority = rest.prefix { ![UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#")].contains($0) }
        guard !authority.contains(UInt8(ascii: "@")), let (host, port) = Self.host(authority) else { return nil }
        let path = rest.dropFirst(authority.count).prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        (self.scheme, self.host, self.port) = (scheme, host, port)
        self.path = path.isEmpty ? "/" : String(decoding: path, as: UTF8.self)
    }

    /// `https://HOST`, followed by the port if one is given.
    var origin: String { "\(scheme)://\(host)" + (port.map { ":\($0)" } ?? "") }
    /// Without query and fragment, which may contain secrets.
    var plain: String { origin + path }

    private static func scheme(_ bytes: [UInt8]) -> (String, ArraySlice<UInt8>)? {
        for scheme in ["https", "http"] {
            let start = Array("\(scheme)://".utf8)
            let head = bytes.prefix(start.count).map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 }
            if head == start { return (scheme, bytes.dropFirst(start.count)) }
        }
        return nil
    }

    private static func host(_ authority: ArraySlice<UInt8>) -> (String, Int?)? {
        let isBracketed = authority.first == UInt8(ascii: "[")
        let end =
            isBracketed
            ? authority.firstIndex(of: UInt8(ascii: "]")).map { $0 + 1 } : authority.firstIndex(of: UInt8(ascii: ":"))
        let host = authority[..<(end ?? authority.endIndex)]
        guard !host.isEmpty, !isBracketed || end != nil else { return nil }
        let allowed = host.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "."):
                true
            case UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]"): isBracketed
            default: false
            }
        }
        guard allowed else { return nil }
        let name = String(decoding: host.map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 }, as: UTF8.self)
        let rest = authority[host.endIndex...]
        guard let colon = rest.first else { return (name, nil) }
        let digits = rest.dropFirst()
        guard colon == UInt8(ascii: ":"), 1...5 ~= digits.count, digits.allSatisfy({ 0x30...0x39 ~= $0 }),
            let port = Int(String(decoding: digits, as: UTF8.self)), 1...65535 ~= port
        else { return nil }
        return (name, port)
    }
}
