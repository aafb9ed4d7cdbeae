import IMAP
import Messages
import Recognition

extension CheckedMailbox {
    /// Whether what `after_use` asks for can be done.
    mutating func afterUse(
        _ afterUse: Configuration.AfterUse, _ probe: Probe<Recognition>, _ claimMark: Configuration.ClaimMark
    ) {
        guard afterUse.takesAway else { return }
        guard claimMark == .mailbox else {
            return report.note(
                "after_use",
                "not done, because claim_mark = \"memory\" writes nothing to the mailbox")
        }
        if !probe.capabilities.contains("UIDPLUS"), !(probe.capabilities.contains("MOVE") && afterUse != .delete) {
            report.note(
                "after_use",
                "the server has no UIDPLUS: a used mail is flagged \\Deleted and stays until the folder is expunged")
        }
        switch (afterUse, probe.moveTarget) {
        case (.move(let name), .there):
            report.good("after_use", "moved to \"\(name)\", which exists")
        case (.move(let name), .takesNothing):
            report.bad(
                "after_use",
                "the user is not allowed to put mail into \"\(name)\" (MYRIGHTS)",
                advice: Text(
                    "Give the user the right to insert (i) there, or set after_use to another folder."))
        case (.move(let name), .missing(let similar)):
            let names = similar.map { "\"\($0)\"" }.joined(separator: ", ")
            report.bad(
                "after_use",
                names.isEmpty
                    ? "there is no folder \"\(name)\"" : "there is no folder \"\(name)\"; similar folders: \(names)",
                advice: Text(
                    "Create it, or set after_use to an existing folder. Until then used mails stay where they are."))
        case (.move(let name), nil):
            report.fact(
                "after_use",
                "moved to \"\(name)\"; the server does not say whether that folder exists")
        default: break
        }
    }
}
