import Glibc
import Secrets

extension SecretSource {
    /// In bytes. An access key is short: a larger file must be something else.
    private static let bound = 4096

    struct Failure: Error, Equatable, CustomStringConvertible {
        let description: String
    }

    /// The secret, without the line break at its end: one line of printable ASCII.
    ///
    /// - Throws: ``Failure`` if there is no such file or credential, or if its contents are not such a line.
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
                        "systemd passed no credentials: set LoadCredentialEncrypted=\(name):... in the unit, or access_key = { file = ... } in the recipe"
                )
            }
            return String(cString: directory) + "/" + name
        }
    }

    private static func read(_ path: String) throws(Failure) -> [UInt8] {
        do {
            return try SecretFile.read(path, bound: bound)
        } catch {
            switch error {
            case .system(let code): throw Failure(description: "\(path): \(String(cString: strerror(code)))")
            case .tooLarge: throw Failure(description: "\(path) is larger than \(bound) bytes")
            }
        }
    }
}

extension SecretSource: CustomStringConvertible {
    /// Names the source, never its contents.
    var description: String {
        switch self {
        case .credential(let name): "the credential \(name)"
        case .file(let path): path
        }
    }
}
