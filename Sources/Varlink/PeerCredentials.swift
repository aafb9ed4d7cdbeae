import Glibc

/// Who opened a connection, according to the kernel (SO_PEERCRED and SO_PEERGROUPS, unix(7)). It cannot be forged.
public struct PeerCredentials: Sendable, Equatable {
    public let user: uid_t
    public let group: gid_t
    public let process: pid_t
    /// The supplementary groups at the time of connect(2).
    public let supplementaryGroups: [gid_t]

    public init(user: uid_t, group: gid_t, process: pid_t, supplementaryGroups: [gid_t] = []) {
        (self.user, self.group, self.process) = (user, group, process)
        self.supplementaryGroups = supplementaryGroups
    }

    /// Asks the kernel. Nil where it does not answer.
    init?(ofPeerOn socket: CInt) {
        // struct ucred, which Glibc shows only to who defines _GNU_SOURCE: pid, uid, gid.
        var ucred: (pid: pid_t, uid: uid_t, gid: gid_t) = (0, 0, 0)
        var length = socklen_t(MemoryLayout.size(ofValue: ucred))
        guard getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &ucred, &length) == 0 else { return nil }
        self.init(
            user: ucred.uid, group: ucred.gid, process: ucred.pid,
            supplementaryGroups: Self.supplementaryGroups(ofPeerOn: socket))
    }

    private static func supplementaryGroups(ofPeerOn socket: CInt) -> [gid_t] {
        var groups = [gid_t](repeating: 0, count: 64)
        while true {
            var length = socklen_t(groups.count * MemoryLayout<gid_t>.size)
            if getsockopt(socket, SOL_SOCKET, SO_PEERGROUPS, &groups, &length) == 0 {
                return Array(groups.prefix(Int(length) / MemoryLayout<gid_t>.size))
            }
            // The kernel says how much room it needs; NGROUPS_MAX is 65536.
            let needed = Int(length) / MemoryLayout<gid_t>.size
            guard errno == ERANGE, needed > groups.count, needed <= 65536 else { return [] }
            groups = [gid_t](repeating: 0, count: needed)
        }
    }
}
