import Glibc
import Messages

extension CheckReport {
    /// Files that the daemon does not see in its unit, though whoever checks from a shell does.
    mutating func hiddenFiles(_ mailboxes: [Configuration.Mailbox]) {
        for mailbox in mailboxes {
            guard let path = mailbox.endpoint.authorities, !UnitFiles.areShown(path) else { continue }
            note(
                "ca_file", "mailbox \"\(mailbox.name)\": the unit does not show \(path) to the daemon",
                advice: Text(
                    "Put it into /etc/ssl, or add BindReadOnlyPaths=\(path) in a drop-in (systemctl edit secom-otpd)."))
        }
    }

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
