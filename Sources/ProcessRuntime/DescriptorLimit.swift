import Glibc
import Synchronization

/// How many descriptors this process may have at once. getrlimit(2), RLIMIT_NOFILE
public enum DescriptorLimit {
    private static let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    private static let old = Mutex<UInt64?>(nil)

    /// What it was before it was raised; nil where it was not. What is started by this process gets it back.
    static var before: UInt64? { old.withLock { $0 } }

    /// Raises it as far as that is allowed: the low limit that most systems begin with is for programs that use select(2).
    public static func raise() {
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0, limit.rlim_cur < limit.rlim_max else { return }
        let soft = limit.rlim_cur
        limit.rlim_cur = limit.rlim_max
        if setrlimit(resource, &limit) == 0 { old.withLock { $0 = UInt64(soft) } }
    }

    /// What it is now.
    public static var now: Int {
        var limit = rlimit()
        return getrlimit(resource, &limit) == 0 ? Int(clamping: limit.rlim_cur) : 1024
    }
}
