import Secrets

/// Tells a password again after a restart, in whatever message it turns up: a copy that comes to another mailbox while the one with the used
/// twin cannot be reached looks like a new password.
///
/// 32 bits of a hash under a random seed: enough that two passwords hardly ever have the same (then the later one is in doubt, not lost), and too
/// few to say what a password of ten letters and digits is, even for whoever may read the runtime directory. One of five they would give away:
/// it is one that has been handed out, and the directory is the daemon's alone.
enum Trace {
    /// FNV-1a, and the end of SplitMix64, so that all bits of the password count in those that are kept.
    static func of(_ secret: Secret, seed: UInt64) -> UInt32 {
        var hash = seed
        secret.withBytes { for byte in $0 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 } }
        hash = (hash ^ hash >> 30) &* 0xBF58_476D_1CE4_E5B9
        hash = (hash ^ hash >> 27) &* 0x94D0_49BB_1331_11EB
        return UInt32(truncatingIfNeeded: (hash ^ hash >> 31) >> 32)
    }
}
