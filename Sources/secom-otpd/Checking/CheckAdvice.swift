import IMAP
import Messages

extension IMAPError {
    /// What an operator can do about it, where ``description`` does not say so itself; nil where nothing is to be done.
    var advice: Text? {
        switch self {
        case .resolution, .connection:
            Text("Check host and port, the name server and the firewall.")
        case .tls(_, let fault): fault.advice
        case .certificates:
            Text("ca_file must be a PEM file that the daemon's user can read.")
        case .startTLS:
            Text("Try tls = \"implicit\" with port 993, or ask the server's operator.")
        case .credential(let reason) where reason.english.contains("ExecPaths="):
            Text(
                "Add the program, and a script's interpreter too, to ExecPaths= in a drop-in (systemctl edit secom-otpd), as in systemd/examples/token-command.conf, and restart."
            )
        case .credential:
            Text(
                "Fix the credential, the file or the command. The daemon must be able to read a file: chown root:secom-otpd FILE && chmod 640 FILE. Credentials that systemd passes can be read only inside the unit: try secom-otp check."
            )
        case .loginRefused:
            Text(
                "Check user and password, or the token. A new file is noticed at once; a new credential of the unit needs: systemctl restart secom-otpd. Otherwise the daemon tries again after 5 minutes, then less often."
            )
        case .tokenRefused:
            Text(
                "The token must be for this user and for IMAP: https://outlook.office.com/IMAP.AccessAsUser.All (for an application: IMAP.AccessAsApp), Google: https://mail.google.com/. In case it was stale, a new token was fetched at once, and was refused too; the daemon tries again after 5 minutes, then less often."
            )
        case .loginUnexplained(hasWorked: true):
            Text(
                "The password may have been changed. If it is right, nothing need be done: the daemon tries again after 30 seconds, then at intervals of up to 5 minutes."
            )
        case .loginUnexplained(hasWorked: false):
            Text(
                "The server does not support this way of logging in, or has a fault of its own. What it said, if anything, is shown above."
            )
        case .tooManyConnections:
            Text(
                "Too many programs are logged in to this account: stop some, or raise the server's limit. The daemon tries again automatically; it holds one connection per mailbox."
            )
        case .throttled:
            Text(
                "The server limits this account for now. The daemon waits for as long as the server asks, then tries again automatically."
            )
        case .authenticatedNotConnected:
            Text(
                "Exchange Online: the token needs IMAP.AccessAsUser.All (for an application: IMAP.AccessAsApp, a service principal and FullAccess to the mailbox); for a shared mailbox, the account that logs in needs FullAccess, and user is the shared mailbox's address; IMAP must be enabled for the mailbox (Set-CASMailbox -ImapEnabled $true). A change takes up to an hour."
            )
        case .loginUnavailable:
            Text(
                "The server has a fault, or limits this account for now. The daemon tries again.")
        case .loginImpossible:
            Text("The server must allow PLAIN, LOGIN, SCRAM-SHA-256 or XOAUTH2 here.")
        case .mailbox, .noUIDValidity:
            Text("Set folder to the name that mail clients show, with the server's hierarchy separator.")
        case .readOnly:
            Text("Give the user permission to set flags, or set claim_mark = \"memory\".")
        case .noThread:
            Text("Raise the limit on processes and threads (TasksMax= in the unit, ulimit -u).")
        case .refused, .flagsKeepChanging:
            Text("The server's log says why.")
        case .breach, .outOfStep:
            Text("Is it an IMAP server that answers on this port? If so, its response was not valid IMAP.")
        case .timeout(during: .greeting):
            Text(
                "If this port speaks TLS from the start (993), set tls = \"implicit\". Otherwise the server or the network is slow; the daemon keeps trying."
            )
        case .timeout, .closed, .notConnected, .mailboxReplaced, .mailboxUnsound, .notificationOverflow:
            Text("The server or the network is slow or down; the daemon keeps trying.")
        case .cancelled: nil
        }
    }
}

extension Endpoint.Protection {
    /// What to do where TLS begins on this port in this way, and not as configured; nil where nothing can be said.
    var advice: Text? {
        switch self {
        case .implicit:
            Text(
                "This port speaks TLS from the start: set tls = \"implicit\" (usually port 993), or use the STARTTLS port (143)."
            )
        case .starttls, .off: nil
        }
    }
}
