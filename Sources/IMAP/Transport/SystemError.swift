import Glibc

/// An errno as readable text.
struct SystemError: Error, CustomStringConvertible {
    let code: Int32
    var description: String {
        if code == EMFILE { return "no file descriptors are left (LimitNOFILE= in the unit, ulimit -n)" }
        var buffer = [CChar](repeating: 0, count: 128)
        return strerror_r(code, &buffer, buffer.count) == 0
            ? String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self) : "error \(code)"
    }
}
