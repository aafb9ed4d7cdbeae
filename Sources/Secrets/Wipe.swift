import CLinux

extension [UInt8] {
    /// Overwrites the bytes in place, where this array is their only owner, and empties it.
    public mutating func wipe() {
        withUnsafeMutableBytes { if let start = $0.baseAddress { linux_wipe(start, $0.count) } }
        removeAll()
    }

    /// Overwrites the bytes in place for everybody who shares them: it was the last time that anyone needed them.
    ///
    /// Not for array literals, which may lie in memory that cannot be written.
    public func wipeForAll() {
        withUnsafeBytes {
            if let start = $0.baseAddress { linux_wipe(UnsafeMutableRawPointer(mutating: start), $0.count) }
        }
    }
}
