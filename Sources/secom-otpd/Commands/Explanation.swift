import FoundationEssentials
import Glibc
import Handoff
import Messages
import ProcessRuntime
import Recognition
import Secrets
import Varlink

/// Explains mails one after the other, holding one at a time.
struct Explanation {
    let rules: RecognitionRules
    let isJSON: Bool
    let reveals: Bool
    private(set) var accepted = 0
    private(set) var refused = 0
    private(set) var unreadable = 0
    /// On a terminal, many mails show how far they are.
    private let showsProgress = isatty(2) == 1 && isatty(1) == 0

    init(rules: RecognitionRules, isJSON: Bool, reveals: Bool) {
        self.rules = rules
        self.isJSON = isJSON
        self.reveals = reveals
    }

    /// A file, or all files of a folder and the folders in it.
    mutating func explain(_ path: String, depth: Int = 0) {
        if path != "-", depth < 16, let names = MailFile.names(in: path) {
            for name in names { explain(path.hasSuffix("/") ? path + name : "\(path)/\(name)", depth: depth + 1) }
            return
        }
        let bytes: [UInt8]
        do { bytes = try MailFile.read(path) } catch {
            unreadable += 1
            complain("\(path): \(error.reason)")
            return
        }
        let recognition = Recognition(of: bytes, internalDate: nil, rules: rules)
        let verdict = Self.verdict(recognition)
        if case .accepted = verdict { accepted += 1 } else { refused += 1 }
        output(isJSON ? line(path, recognition, verdict) : text(path, recognition, verdict))
        showProgress()
    }

    func finish() {
        guard showsProgress else { return }
        let text = Text("\(accepted + refused) mails: \(accepted) accepted, \(refused) refused")
        complain(line: "\r\(text.said)")
    }

    /// Recognition has no clock: that a password is too old is found here.
    private static func verdict(_ recognition: Recognition) -> Recognition.Verdict {
        if case .accepted = recognition.verdict, let expiresAt = recognition.expiresAt, expiresAt <= Date() {
            return .refused(Refusal(.expired, "the password expired at \(RFC3339.format(expiresAt))"))
        }
        return recognition.verdict
    }

    private func line(_ path: String, _ recognition: Recognition, _ verdict: Recognition.Verdict) -> String {
        var object: JSON.Object = ["file": .string(path)]
        var found: OneTimePassword?
        switch verdict {
        case .accepted(let password):
            found = password
            object["verdict"] = "accepted"
            object["reason"] = .null
            object["detail"] = .null
        case .refused(let refusal):
            object["verdict"] = "refused"
            object["reason"] = .string(refusal.reason.rawValue)
            object["detail"] = .string(refusal.detail.english)
        }
        object["issuedAt"] = JSON(recognition.issuedAt.map(RFC3339.format))
        object["expiresAt"] = JSON(recognition.expiresAt.map(RFC3339.format))
        object["recipient"] = JSON(recognition.recipient)
        object["loginURL"] = JSON(found?.loginURL.description)
        object["password"] = JSON(reveals ? found?.password.withBytes { String(decoding: $0, as: UTF8.self) } : nil)
        return String(decoding: JSON.object(object).bytes, as: UTF8.self)
    }

    private func text(_ path: String, _ recognition: Recognition, _ verdict: Recognition.Verdict) -> String {
        var lines: [String] = []
        switch verdict {
        case .accepted(let found):
            lines.append(Text("\(path): accepted").said)
            lines.append(
                reveals
                    ? Text("  password: \(found.password.withBytes { String(decoding: $0, as: UTF8.self) })").said
                    : Text("  password: (--reveal shows it)").said)
            lines.append(Text("  login URL: \(found.loginURL)").said)
        case .refused(let refusal):
            lines.append(Text("\(path): refused: \(refusal.reason.rawValue): \(refusal.detail)").said)
        }
        if let recipient = recognition.recipient { lines.append(Text("  recipient: \(recipient)").said) }
        if let issuedAt = recognition.issuedAt, let expiresAt = recognition.expiresAt {
            lines.append(
                Text("  issued at \(RFC3339.format(issuedAt)), expires at \(RFC3339.format(expiresAt))").said)
        }
        if case .refused = verdict, let shape = recognition.shape {
            lines.append(Text("  the text around the labels:").said)
            lines += shape.split(separator: "\n", omittingEmptySubsequences: false).map { "    | \($0)" }
        }
        return lines.joined(separator: "\n")
    }

    private func output(_ text: String) {
        var bytes = Array("\(text)\n".utf8)
        defer { bytes.wipe() }
        // If nobody reads on, the exit status still tells.
        writeAll(bytes, to: 1)
    }

    private func showProgress() {
        let count = accepted + refused
        guard showsProgress, count % 100 == 0 else { return }
        writeAll(Array("\r\(Text("\(count) mails").said)".utf8), to: 2)
    }
}
