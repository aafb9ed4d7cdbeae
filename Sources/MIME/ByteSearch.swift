import Glibc

extension ArraySlice<UInt8> {
    /// Where `byte` is first at or after `index`. memchr(3): quick over text that has few of it.
    public func firstIndex(of byte: UInt8, from index: Int) -> Int? {
        guard index >= startIndex, index < endIndex else { return nil }
        return self[index...].withUnsafeBytes { text -> Int? in
            guard let base = text.baseAddress, let found = memchr(base, Int32(byte), text.count) else { return nil }
            return index + (UnsafeRawPointer(found) - base)
        }
    }
}
