import Glibc

/// A system call that the harness needs, and that failed.
struct SystemCallFailure: Error, CustomStringConvertible {
    let call: String
    let code: Int32

    init(_ call: String, _ code: Int32 = errno) {
        (self.call, self.code) = (call, code)
    }

    var description: String { "\(call): \(String(cString: strerror(code)))" }
}
