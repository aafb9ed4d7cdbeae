import Glibc

/// Overwrites memory in a way that the compiler keeps. explicit_bzero(3)
func wipeMemory(_ start: UnsafeMutableRawPointer, _ count: Int) {
    explicit_bzero(start, count)
}
