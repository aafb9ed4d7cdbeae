import MIME

/// A mail gateway that replaces each link with one of its own, so that it is consulted when somebody follows it.
///
/// Anybody who can have a link rewritten by it could lead a worker anywhere. So its host is never accepted in a login URL, only the
/// original that is readable in the link.
public struct LinkRewriter: Sendable {
    /// What it is called.
    public let name: String
    /// In lower case. One with a dot or a hyphen in front stands for every host that has one label of letters, digits and hyphens there.
    let hosts: [String]
    /// Where the original is; none where it does not, or only in a form that nobody has published.
    let forms: [Form]

    /// How a link holds the original.
    enum Form: Sendable {
        /// As a parameter of the query, percent-encoded once.
        case parameter(String, path: Path)
        /// The same, with `-` for `%` and `_` for `/` (URL Defense v2).
        case dashedParameter(String, path: Path)
        /// The same, in base64 (Sophos).
        case base64Parameter(String, path: Path)
        /// Whole, between two marks of the path (URL Defense v3, Check Point).
        case marked(prefixes: [String], end: String)
        /// Percent-encoded, as the last of two segments of the path (Cisco).
        case lastSegment
    }

    /// The path that a link must have.
    enum Path: Sendable {
        case exactly(String)
        /// `/` and one segment.
        case token
    }

    /// The one whose host this is; case does not count.
    public static func of(host: some BidirectionalCollection<UInt8>) -> LinkRewriter? {
        known.first { $0.hosts.contains { isHost(host, of: $0.utf8) } }
    }

    private static func isHost(_ host: some BidirectionalCollection<UInt8>, of pattern: String.UTF8View) -> Bool {
        // Nearly all are told apart by their last letter.
        guard let last = host.last, last.lowercased == pattern.last else { return false }
        guard pattern.first == UInt8(ascii: ".") || pattern.first == UInt8(ascii: "-") else {
            return host.equalsIgnoringCase(pattern)
        }
        guard host.suffix(pattern.count).equalsIgnoringCase(pattern) else { return false }
        let label = host.dropLast(pattern.count)
        return 1...63 ~= label.count
            && label.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "-") }
    }

    /// Those whose customers have been seen to get SECOM's mail, or might: their links as their makers or users publish them.
    static let known: [LinkRewriter] = [
        LinkRewriter(
            name: "Microsoft Safe Links",
            hosts: [
                ".safelinks.protection.outlook.com", ".safelinks.protection.office365.us",
                ".safelinks.protection.outlook.cn",
                ".safelinks.protection.partner.outlook.cn",
            ],
            forms: [.parameter("url", path: .exactly("/"))]),
        LinkRewriter(
            name: "Proofpoint URL Defense",
            hosts: ["urldefense.proofpoint.com", "urldefense.com", "urldefense.us"],
            forms: [
                .marked(prefixes: ["/v3/__"], end: "__;"), .dashedParameter("u", path: .exactly("/v2/url")),
                .parameter("u", path: .exactly("/v1/url")),
            ]),
        LinkRewriter(
            name: "Barracuda Link Protection", hosts: ["linkprotect.cudasvc.com"],
            forms: [.parameter("a", path: .exactly("/url"))]),
        LinkRewriter(
            name: "Trend Micro", hosts: ["-ctp.trendmicro.com", "-urlprotect.trendmicro.com"],
            forms: [.parameter("url", path: .exactly("/wis/clicktime/v1/query"))]),
        LinkRewriter(
            name: "Sophos", hosts: [".protection.sophos.com"], forms: [.base64Parameter("u", path: .exactly("/"))]),
        LinkRewriter(
            name: "Symantec Click-time Protection", hosts: ["clicktime.symantec.com"],
            forms: [.parameter("u", path: .token)]),
        LinkRewriter(name: "Cisco Secure Email", hosts: ["secure-web.cisco.com"], forms: [.lastSegment]),
        LinkRewriter(
            name: "Check Point", hosts: ["protect.checkpoint.com", "url.avanan.click"],
            forms: [.marked(prefixes: ["/v2/___", "/v2/r01/___", "/v2/r02/___"], end: "___.")]),
        LinkRewriter(
            name: "Mimecast",
            hosts: [
                ".mimecast.com", "url.us.m.mimecastprotect.com", "url.uk.m.mimecastprotect.com",
                "url.za.m.mimecastprotect.com",
                "url.de.m.mimecastprotect.com", "url.au.m.mimecastprotect.com",
            ], forms: []),
        LinkRewriter(
            name: "Hornetsecurity", hosts: ["atpscan.global.hornetsecurity.com", "url.emailprotection.link"], forms: []),
        LinkRewriter(name: "TitanHQ", hosts: ["linklock.titanhq.com"], forms: []),
        LinkRewriter(name: "Libraesva", hosts: ["urlsand.esvalabs.com"], forms: []),
    ]
}
