import MIME

/// A link that a gateway has rewritten, and the original in it.
///
/// Unwrapped once, and read more narrowly than any browser would: whatever could be read in two ways is no original. What comes out is
/// held against the rule for login URLs like any other.
enum RewrittenLink {
    /// A gateway puts its notes after the original: as many bytes as are ever read.
    private static let longest = 8192

    /// The original, or nil where no gateway that is known has rewritten the link. Takes linear time.
    static func original(in link: Bytes) throws(LoginURL.Fault) -> [UInt8]? {
        guard let address = Address(link), let rewriter = LinkRewriter.of(host: address.host) else { return nil }
        guard address.isPlain else { throw .rewritten(rewriter.name) }
        for form in rewriter.forms {
            guard let original = form.original(in: address.target) else { continue }
            // Encoded twice, or rewritten twice: nobody knows what was meant.
            guard !original.contains(UInt8(ascii: "%")),
                Address(original[...]).map({ LinkRewriter.of(host: $0.host) == nil }) ?? true
            else { break }
            return original
        }
        throw .rewritten(rewriter.name)
    }

    /// The parts of a link.
    private struct Address {
        private let scheme: Bytes
        /// What is between `//` and the path.
        private let authority: Bytes
        let host: Bytes
        /// Path and query.
        let target: Bytes

        /// Nil where it is no link to a host.
        init?(_ link: Bytes) {
            guard link.count <= RewrittenLink.longest, let colon = link.prefix(8).firstIndex(of: UInt8(ascii: ":")),
                link[(colon + 1)...].starts(with: "//".utf8)
            else { return nil }
            scheme = link[..<colon]
            let rest = link[(colon + 3)...]
            authority = rest.prefix {
                $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#")
                    && $0 != UInt8(ascii: "\\")
            }
            let hostAndPort = authority.suffix(
                from: authority.lastIndex(of: UInt8(ascii: "@")).map { $0 + 1 } ?? authority.startIndex)
            host = hostAndPort.prefix { $0 != UInt8(ascii: ":") }
            target = rest[authority.endIndex...]
        }

        /// Whether it is https, on that host alone, and holds nothing that a reader could see otherwise.
        var isPlain: Bool {
            let port = authority[host.endIndex...]
            return scheme.equalsIgnoringCase("https") && host.startIndex == authority.startIndex
                && (port.isEmpty || port.elementsEqual(":443".utf8)) && target.first == UInt8(ascii: "/")
                && target.allSatisfy { $0 &- 0x21 < 0x5E && !"\"<>\\#".utf8.contains($0) }
        }
    }
}

extension LinkRewriter.Form {
    /// The original in a link's path and query, decoded; nil where the link is not of this form.
    func original(in target: Bytes) -> [UInt8]? {
        let path = target.prefix { $0 != UInt8(ascii: "?") }
        let query = target[path.endIndex...].dropFirst()
        switch self {
        case .parameter(let name, let wanted):
            return wanted.matches(path) ? Self.value(of: name, in: query).flatMap { Self.percentDecoded($0) } : nil
        case .dashedParameter(let name, let wanted):
            guard wanted.matches(path), let value = Self.value(of: name, in: query),
                !value.contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "/") })
            else { return nil }
            let signs: [UInt8: UInt8] = [UInt8(ascii: "-"): UInt8(ascii: "%"), UInt8(ascii: "_"): UInt8(ascii: "/")]
            return Self.percentDecoded(value.map { signs[$0] ?? $0 }[...])
        case .base64Parameter(let name, let wanted):
            guard wanted.matches(path), let value = Self.value(of: name, in: query).flatMap({ Self.percentDecoded($0) })
            else { return nil }
            let signs: [UInt8: UInt8] = [UInt8(ascii: "-"): UInt8(ascii: "+"), UInt8(ascii: "_"): UInt8(ascii: "/")]
            return Base64.decode(value.map { signs[$0] ?? $0 }[...])
        case .marked(let prefixes, let end):
            guard let prefix = prefixes.first(where: { target.starts(with: $0.utf8) }) else { return nil }
            let rest = target.dropFirst(prefix.utf8.count)
            guard let mark = rest.indices.first(where: { rest[$0...].starts(with: end.utf8) }) else { return nil }
            let behind = rest[(mark + end.utf8.count)...]
            // `*` stands for a character that is named after the mark. The original has none.
            guard !rest[..<mark].contains(UInt8(ascii: "*")), behind.allSatisfy(Self.isSignature) else { return nil }
            return Array(rest[..<mark])
        case .lastSegment:
            let segments = target.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            guard segments.count == 2, let last = segments.last, !segments[0].isEmpty else { return nil }
            return Self.percentDecoded(last)
        }
    }

    /// What follows an original that is marked: base64 of several alphabets, and what parts it.
    private static func isSignature(_ byte: UInt8) -> Bool {
        byte.isASCIILetter || byte.isASCIIDigit || "-_!$=.+~".utf8.contains(byte)
    }

    /// The one parameter of this name. Nil where there are several, however they are spelt.
    private static func value(of name: String, in query: Bytes) -> Bytes? {
        var value: Bytes?
        for pair in query.split(separator: UInt8(ascii: "&")) {
            let key = pair.prefix { $0 != UInt8(ascii: "=") }
            // A reader that knows no references sees `&amp;url=`, and another one `&url=`.
            let plain = key.starts(with: "amp;".utf8) ? key.dropFirst(4) : key
            guard let read = percentDecoded(plain), read.equalsIgnoringCase(name.utf8) else { continue }
            guard value == nil, key.elementsEqual(name.utf8), key.endIndex < pair.endIndex else { return nil }
            value = pair[(key.endIndex + 1)...]
        }
        return value
    }

    /// Letters, digits and what RFC 3986 leaves unreserved, with `%XX` for the rest, and `:` `/` and `=` as they are. Nil where
    /// anything else is there.
    private static func percentDecoded(_ text: Bytes) -> [UInt8]? {
        var decoded: [UInt8] = []
        var index = text.startIndex
        while index < text.endIndex {
            let byte = text[index]
            if byte == UInt8(ascii: "%") {
                guard index + 2 < text.endIndex, let high = text[index + 1].hexValue, let low = text[index + 2].hexValue
                else { return nil }
                decoded.append(high << 4 | low)
                index += 3
            } else {
                guard byte.isASCIILetter || byte.isASCIIDigit || "-._~:/=".utf8.contains(byte) else { return nil }
                decoded.append(byte)
                index += 1
            }
        }
        return decoded
    }
}

extension LinkRewriter.Path {
    fileprivate func matches(_ path: Bytes) -> Bool {
        switch self {
        case .exactly(let wanted): path.elementsEqual(wanted.utf8)
        case .token: path.count > 1 && path.first == UInt8(ascii: "/") && !path.dropFirst().contains(UInt8(ascii: "/"))
        }
    }
}
