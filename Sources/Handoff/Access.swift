public import Glibc
import Messages
public import Varlink

/// Who may call: users and groups, as reported by the kernel (SO_PEERCRED).
public struct Access: Equatable, Sendable {
    private var users: Set<uid_t> = []
    private var groups: Set<gid_t> = []

    /// A user or group that the system does not know.
    public struct UnknownName: Error, Equatable, Sendable, TextConvertible {
        public let name: String
        public var text: Text { Text("there is no user or group \(name)") }
    }

    /// Reads `alice` and `@group`; a number will do in the place of a name.
    public init(_ names: [String]) throws(UnknownName) {
        for name in names {
            if name.hasPrefix("@") {
                guard let number = Self.groupNumber(String(name.dropFirst())) else { throw UnknownName(name: name) }
                groups.insert(number)
            } else {
                guard let number = Self.userNumber(name) else { throw UnknownName(name: name) }
                users.insert(number)
            }
        }
    }

    public func allows(_ peer: PeerCredentials) -> Bool {
        users.contains(peer.user) || groups.contains(peer.group) || !groups.isDisjoint(with: peer.supplementaryGroups)
    }

    /// The number of a group, given by name or number; nil when there is none. Reads the system's databases.
    public static func groupNumber(_ name: String) -> gid_t? { gid_t(name) ?? getgrnam(name)?.pointee.gr_gid }

    private static func userNumber(_ name: String) -> uid_t? { uid_t(name) ?? getpwnam(name)?.pointee.pw_uid }
}

/// Who may call what; nil: everyone who can connect.
public struct AccessLists: Equatable, Sendable {
    /// Who may Claim and Settle.
    public var claim: Access?
    /// Who may ask Status.
    public var status: Access?

    public init(claim: Access? = nil, status: Access? = nil) {
        self.claim = claim
        self.status = status
    }
}
