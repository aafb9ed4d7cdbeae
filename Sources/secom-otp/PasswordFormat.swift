import ArgumentParser
import ProcessRuntime
import Varlink

/// How a password is printed.
enum PasswordFormat: String, ExpressibleByArgument, CaseIterable {
    /// The interface's object, on one line.
    case json
    /// Assignments that a shell can `eval`.
    case env
    /// The password alone.
    case plain

    /// Writes it; false when it could not be written whole.
    func write(_ password: JSON.Object, to descriptor: Int32) -> Bool {
        var bytes: [UInt8]
        switch self {
        case .json: bytes = JSON.object(password).bytes
        case .plain: bytes = Array((password["password"]?.string ?? "").utf8)
        case .env:
            let names = [
                ("id", "SECOM_OTP_ID"), ("mailbox", "SECOM_OTP_MAILBOX"), ("recipient", "SECOM_OTP_RECIPIENT"),
                ("password", "SECOM_OTP_PASSWORD"), ("loginURL", "SECOM_OTP_LOGIN_URL"),
                ("issuedAt", "SECOM_OTP_ISSUED_AT"),
                ("expiresAt", "SECOM_OTP_EXPIRES_AT"),
            ]
            let assignments = names.map { Array("\($0.1)=".utf8) + Self.quoted(password[$0.0]?.string ?? "") }
            bytes = Array(assignments.joined(separator: [UInt8(ascii: "\n")]))
        }
        bytes.append(UInt8(ascii: "\n"))
        return writeAll(bytes, to: descriptor)
    }

    /// In single quotes, which a shell takes to the letter. By bytes, as it reads: a quote with a combining mark after it is
    /// one character, and still ends the word.
    private static func quoted(_ text: String) -> [UInt8] {
        let quote = UInt8(ascii: "'")
        return [quote] + text.utf8.flatMap { $0 == quote ? Array("'\\''".utf8) : [$0] } + [quote]
    }
}
