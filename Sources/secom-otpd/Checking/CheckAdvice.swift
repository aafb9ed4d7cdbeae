import IMAP
import Messages

extension IMAPError {
    /// What an operator can do about it, where ``description`` does not say so itself; nil where nothing is to be done.
    var advice: Text? {
        switch self {
        case .resolution, .connection:
            Text("Check host and port, the name server, the firewall.")
        case .tls(_, let fault): fault.advice
        case .certificates:
            Text("ca_file must be a PEM file that the daemon's user may read.")
        case .startTLS:
            Text("Try tls = \"implicit\" with port 993, or ask the server's operator.")
        case .credential(let reason) where reason.english.contains("ExecPaths="):
            Text(
                "Name it in ExecPaths= of a drop-in (systemctl edit secom-otpd), as systemd/examples/token-command.conf does, and restart.")
        case .credential:
            Text(
                "Mend the credential, the file or the command. What systemd passes is there only within a unit.")
        case .loginRefused:
            Text(
                "Check user and password or token. The daemon tries again after 5 minutes, then less often.")
        case .tokenRefused:
            Text(
                "The token must be for this user, and for IMAP: https://outlook.office.com/IMAP.AccessAsUser.All (an application: IMAP.AccessAsApp), Google: https://mail.google.com/. A stale one was asked for anew at once; the daemon asks again after 5 minutes, then less often.")
        case .loginUnexplained(hasWorked: true):
            Text(
                "The password may have been changed. Where it is right, the daemon tries again after 30 seconds, then up to 5 minutes.")
        case .loginUnexplained(hasWorked: false):
            Text(
                "The server does not know this way to log in, or is at fault. Its own words, if any, are above.")
        case .tooManyConnections:
            Text(
                "Too many programs are logged in to this account: end some, or raise the server's limit. The daemon tries again by itself; it holds one connection a mailbox.")
        case .throttled:
            Text(
                "The server has enough of this account for now. The daemon leaves it alone for as long as it says, and tries again by itself.")
        case .authenticatedNotConnected:
            Text(
                "Exchange Online: the token needs IMAP.AccessAsUser.All (an application: IMAP.AccessAsApp, its service principal and FullAccess to the mailbox); of a shared mailbox the one who logs in needs FullAccess, and user is the shared mailbox's address; IMAP must be enabled for the mailbox (Set-CASMailbox -ImapEnabled $true). A change takes up to an hour.")
        case .loginUnavailable:
            Text(
                "The server is at fault, or has enough of this account for now. The daemon tries again.")
        case .loginImpossible:
            Text("The server must allow PLAIN, LOGIN, SCRAM-SHA-256 or XOAUTH2 here.")
        case .mailbox, .noUIDValidity:
            Text("Set folder to its name as people write it, with the server's separator.")
        case .readOnly:
            Text("Give the user the right to set flags, or set claim_mark = \"memory\".")
        case .noThread:
            Text("Raise the limit of processes and threads (TasksMax= of the unit, ulimit -u).")
        case .refused, .flagsKeepChanging:
            Text("The server's log tells why.")
        case .breach, .outOfStep:
            Text("Is it an IMAP server that answers there? If so, what it sent is no sound IMAP.")
        case .timeout(during: .greeting):
            Text(
                "Does port begin with TLS (993)? Then set tls = \"implicit\". Else the server or the network is slow; the daemon goes on trying.")
        case .timeout, .closed, .notConnected, .mailboxReplaced, .mailboxUnsound, .notificationOverflow:
            Text("The server or the network is slow or down; the daemon goes on trying.")
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
                "This port begins with TLS: tls = \"implicit\" (most often port 993), or the port of STARTTLS (143).")
        case .starttls, .off: nil
        }
    }
}
