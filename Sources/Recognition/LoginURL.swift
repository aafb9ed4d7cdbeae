import MIME
import Messages

/// A login URL that may be handed out: https, on an allowed host, with nothing that two readers could interpret differently.
///
/// Parsed by rules narrower than any browser's (RFC 3986, WHATWG URL): what passes here means the same to all of them.
public struct LoginURL: Sendable, Hashable, CustomStringConvertible {
    /// As the mail writes it: printable ASCII.
    public let string: String
    /// Scheme and host in lower case, no port, `/` for an empty path: equal where a browser goes to the same place.
    private let canonical: [UInt8]

    public var description: String { string }
    /// Whether neither a query nor a fragment follows.
    var hasNothingBehindPath: Bool { !canonical.contains { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") } }

    public static func == (left: LoginURL, right: LoginURL) -> Bool { left.canonical == right.canonical }
    public func hash(into hasher: inout Hasher) { hasher.combine(canonical) }

    /// Why a URL is none of ours.
    public enum Fault: Error, Sendable, Equatable {
        case tooLong, notPrintableASCII, forbiddenCharacter, notHTTPS, userInfo, port, noPath
        /// The path, made fit to be shown.
        case path(String)
        /// A line's end has cut it, so that nobody knows where it leads.
        case cut
        /// The host, made fit to be shown.
        case host(String)
        /// A gateway has rewritten it, by this name, and no original that could be believed is in it.
        case rewritten(String)
    }

    /// - Parameters:
    ///   - text: the URL alone, without white space or brackets around it; at most 2 048 bytes.
    ///   - hosts: the allowed hosts; case does not count.
    ///   - paths: the allowed paths, byte for byte; none means any. A query or a fragment is no part of a path.
    public init(_ text: some Collection<UInt8>, hosts: [String], paths: [String] = []) throws(Fault) {
        let bytes = Array(text.prefix(2049))
        guard bytes.count <= 2048 else { throw .tooLong }
        guard bytes.allSatisfy({ $0 &- 0x21 < 0x5E }) else { throw .notPrintableASCII }
        guard !bytes.contains(where: Self.isForbidden), !Self.holdsEscapedBracket(bytes) else {
            throw .forbiddenCharacter
        }
        guard bytes.prefix(8).equalsIgnoringCase("https://") else { throw .notHTTPS }
        let authority = bytes.dropFirst(8).prefix {
            $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#")
        }
        guard !authority.contains(UInt8(ascii: "@")) else { throw .userInfo }
        var host = authority
        if let colon = authority.lastIndex(of: UInt8(ascii: ":")) {
            host = authority[..<colon]
            guard authority[(colon + 1)...].elementsEqual("443".utf8) else { throw .port }
        }
        guard hosts.contains(where: { host.equalsIgnoringCase($0.utf8) }), !host.isEmpty else {
            throw .host(shown(host))
        }
        let rest = bytes[authority.endIndex...]
        guard rest.isEmpty || rest.first == UInt8(ascii: "/") else { throw .noPath }
        let target = rest.isEmpty ? [UInt8(ascii: "/")] : rest
        let path = target.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        guard paths.isEmpty || paths.contains(where: { path.elementsEqual($0.utf8) }) else { throw .path(shown(path)) }
        canonical = Array("https://".utf8) + host.map(\.lowercased) + target
        string = String(decoding: bytes, as: UTF8.self)
    }

    /// Whether a text can be the path of one: from its first `/` on, without query and fragment.
    public static func isPath(_ text: String) -> Bool {
        text.utf8.first == UInt8(ascii: "/")
            && text.utf8.allSatisfy {
                $0 &- 0x21 < 0x5E && !isForbidden($0) && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#")
            }
    }

    /// `&lt;` or `&gt;`, as a gateway that escapes plain text as HTML makes of `URL<URL>`.
    private static func holdsEscapedBracket(_ bytes: [UInt8]) -> Bool {
        bytes.indices.contains { index in
            bytes[index] == UInt8(ascii: "&")
                && ["&lt;", "&gt;"].contains { bytes[index...].prefix(4).equalsIgnoringCase($0.utf8) }
        }
    }

    /// What RFC 3986 leaves out of a URL: " < > \ ^ ` { | }
    private static func isForbidden(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x22, 0x3C, 0x3E, 0x5C, 0x5E, 0x60, 0x7B...0x7D: true
        default: false
        }
    }
}

extension LoginURL.Fault {
    /// For an operator.
    var detail: Text {
        switch self {
        case .tooLong: Text("the login URL is longer than 2048 bytes")
        case .notPrintableASCII:
            Text("the login URL contains white space, a control character or a non-ASCII character")
        case .forbiddenCharacter:
            Text("the login URL contains a character that is not allowed in a URL, such as a backslash or a bracket")
        case .notHTTPS: Text("the login URL is not https")
        case .userInfo: Text("the login URL contains user information before its host")
        case .port: Text("the login URL names a port other than 443")
        case .noPath: Text("the login URL's host is followed by something other than a path")
        case .path(let path): Text("the login URL's path is \"\(path)\", which is not in login_paths")
        case .cut:
            Text("the login URL is broken across lines; with login_paths set, one that is broken once can be joined")
        case .host(let host):
            Text(
                "the login URL's host is \"\(host)\", which is not in login_hosts; if a mail gateway has rewritten the link, exempt this sender there, and leave the gateway's host out of login_hosts"
            )
        case .rewritten(let gateway):
            Text(
                "the login URL was rewritten by \(gateway), and the original cannot be recovered from it with certainty; exempt this sender there, and leave the gateway's host out of login_hosts"
            )
        }
    }
}
