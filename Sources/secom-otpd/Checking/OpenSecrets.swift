import Glibc
import Messages

extension CheckReport {
    /// Files with a password or token that other users of this machine may read.
    mutating func openSecrets(_ mailboxes: [Configuration.Mailbox]) {
        for mailbox in mailboxes {
            let source =
                switch mailbox.login {
                case .password(let source), .oauth2Token(let source): source
                }
            guard case .file(let path) = source else { continue }
            var status = stat()
            guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_mode & 0o004 != 0 else {
                continue
            }
            let mode = "0" + String(status.st_mode & 0o777, radix: 8)
            note(
                "password",
                "mailbox \"\(mailbox.name)\": \(path) may be read by every user of this machine (mode \(mode))",
                advice: Text("Run: chown root:secom-otpd \(path) && chmod 640 \(path)"))
        }
    }
}
