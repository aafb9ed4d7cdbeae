import Glibc

/// The room left in this process's descriptor table, and who may use it.
///
/// A new descriptor has the lowest number that is free (open(2)), so a number near the limit says that the table is nearly full.
/// Connections to servers leave the last places to those who claim; what only wakes a thread sooner leaves some to connections.
enum DescriptorTable {
    enum Use { case connection, event }

    /// The descriptor; closed, and -1 with errno EMFILE, where it has a place that is not for this use.
    static func keepingRoom(for use: Use, _ descriptor: Int32) -> Int32 {
        var limit = rlimit()
        guard descriptor >= 0, getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0,
            Int(descriptor) >= bound(of: Int(clamping: limit.rlim_cur), for: use)
        else { return descriptor }
        close(descriptor)
        errno = EMFILE
        return -1
    }

    /// The first number that is not for this use.
    static func bound(of limit: Int, for use: Use) -> Int {
        let forConnections = limit - min(16, limit / 4)
        return switch use {
        case .connection: forConnections
        case .event: forConnections / 4 * 3
        }
    }
}
