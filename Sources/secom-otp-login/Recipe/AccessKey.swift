import CLinux
import Glibc
import Secrets

extension SecretSource {
    /// An access key is short; more is another file.
    private static let bound = 4096

    struct Failure: Error, Equatable, CustomStringConvertible {
        let description: String
    }

    /// The secret, without the line end behind it: one line of printable ASCII.
    func read() throws(Failure) -> Secret {
        var bytes = try Self.read(path())
        defer { bytes.wipe() }
        while let last = bytes.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") { bytes.removeLast() }
        guard !bytes.isEmpty else { throw Failure(description: "\(self) is empty") }
        guard bytes.allSatisfy({ 0x20...0x7E ~= $0 }) else {
            throw Failure(description: "\(self) is not one line of printable ASCII")
        }
        return Secret(bytes)
    }

    private func path() throws(Failure) -> String {
        switch self {
        case .file(let path): return path
        case .credential(let name):
            guard let directory = getenv("CREDENTIALS_DIRECTORY") else {
                throw Failure(
                    description:
                        "systemd passed no credentials: LoadCredentialEncrypted=\(name):... in the unit, or access_key = { file = ... } in the recipe"
                )
            }
            return String(cString: directory) + "/" + name
        }
    }

    private static func read(_ path: String) throws(Failure) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw Failure(description: "\(path): \(String(cString: strerror(errno)))") }
        defer { close(descriptor) }
        // One buffer, never grown: growing would leave copies behind.
        var bytes = [UInt8](repeating: 0, count: bound + 1)
        var count = 0
        while count < bytes.count {
            let got = bytes.withUnsafeMutableBytes {
                Glibc.read(descriptor, $0.baseAddress?.advanced(by: count), $0.count - count)
            }
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw Failure(description: "\(path): \(String(cString: strerror(errno)))") }
            if got == 0 { break }
            count += got
        }
        guard count <= bound else { throw Failure(description: "\(path) is larger than \(bound) bytes") }
        bytes.removeLast(bytes.count - count)
        return bytes
    }
}

extension SecretSource: CustomStringConvertible {
    /// Names the source, never what is in it.
    var description: String {
        switch self {
        case .credential(let name): "the credential \(name)"
        case .file(let path): path
        }
    }
}
