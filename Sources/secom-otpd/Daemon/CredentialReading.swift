import FoundationEssentials
import Glibc
import IMAP
import Messages
import Secrets

extension Configuration.Login {
    /// The credential for one login, read again each time: files and tokens are renewed while the daemon runs.
    ///
    /// - Parameter halt: ends the wait for a command.
    func credential(_ halt: Halt) throws(CredentialError) -> Credential {
        switch self {
        case .password(let source): .password(try source.read(halt))
        case .oauth2Token(let source): .accessToken(try source.read(halt))
        }
    }

    /// Another one once the credential is.
    var stamp: [Int] {
        switch self {
        case .password(let source), .oauth2Token(let source): source.stamp
        }
    }
}

extension Configuration.CredentialSource {
    /// No secret is larger than this.
    private static let bound = 64 * 1024

    /// The secret, without the line end after it. Blocks; a command gets 30 seconds.
    func read(_ halt: Halt = Halt()) throws(CredentialError) -> Secret {
        var bytes: [UInt8]
        switch self {
        case .credential(let name):
            guard let directory = getenv("CREDENTIALS_DIRECTORY") else {
                throw CredentialError("systemd passed no credentials (LoadCredential=\(name):... in the unit)")
            }
            bytes = try Self.read(String(cString: directory) + "/" + name)
        case .file(let path): bytes = try Self.read(path)
        case .command(let words): bytes = try CredentialCommand.run(words, bound: Self.bound, halt: halt)
        }
        defer { bytes.wipe() }
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        guard !bytes.isEmpty else { throw CredentialError("\(self) is empty") }
        guard !bytes.contains(where: { $0 == 0 || $0 == 10 || $0 == 13 }) else {
            throw CredentialError("\(self) contains more than one line, or a NUL")
        }
        return Secret(bytes)
    }

    /// What its file looks like from outside; nothing where there is none, and of a command. stat(2)
    var stamp: [Int] {
        guard let path else { return [] }
        var status = Glibc.stat()
        guard stat(path, &status) == 0 else { return [] }
        return [
            Int(bitPattern: UInt(status.st_dev)), Int(bitPattern: UInt(status.st_ino)), Int(status.st_size),
            status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec, status.st_ctim.tv_nsec,
        ]
    }

    private var path: String? {
        switch self {
        case .credential(let name): getenv("CREDENTIALS_DIRECTORY").map { "\(String(cString: $0))/\(name)" }
        case .file(let path): path
        case .command: nil
        }
    }

    private static func read(_ path: String) throws(CredentialError) -> [UInt8] {
        do {
            return try SecretFile.read(path, bound: bound)
        } catch {
            switch error {
            case .system(let code): throw CredentialError("\(path): \(Text(errno: code))")
            case .tooLarge: throw CredentialError("\(path) is larger than 64 KiB")
            }
        }
    }
}

extension Configuration.CredentialSource: TextConvertible {
    /// Names the source, never what is in it. Of a command only the program: its arguments are the operator's business.
    var text: Text {
        switch self {
        case .credential(let name): Text("the credential \(name)")
        case .file(let path): Text(verbatim: path)
        case .command(let words): Text("the output of \(words.first ?? "nothing")")
        }
    }
}
