import IMAP
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
                .init(
                    "not done, since claim_mark = \"memory\" writes nothing to the mailbox",
                    "claim_mark = \"memory\" は何も書き込まないので、行われない"))
        }
        if !probe.capabilities.contains("UIDPLUS"), !(probe.capabilities.contains("MOVE") && afterUse != .delete) {
            report.note(
                "after_use",
                .init(
                    "the server has no UIDPLUS: a used mail is flagged \\Deleted, and stays until somebody expunges the folder",
                    "サーバーに UIDPLUS がないので、使用済みのメールには \\Deleted が付くだけで、フォルダーが整理されるまで残る"))
        }
        switch (afterUse, probe.moveTarget) {
        case (.move(let name), .there):
            report.good("after_use", .init("moved to \"\(name)\", which is there", "\"\(name)\" へ移動 (存在を確認済み)"))
        case (.move(let name), .takesNothing):
            report.bad(
                "after_use",
                .init(
                    "the user may put nothing into \"\(name)\" (MYRIGHTS)",
                    "ユーザーに \"\(name)\" へ書き込む権限がない (MYRIGHTS)"),
                advice: .init(
                    "Give the user the right to insert (i) there, or set after_use to another folder.",
                    "そのフォルダーへの挿入の権限 (i) を与えるか、after_use に別のフォルダーを設定してください。"))
        case (.move(let name), .missing(let similar)):
            let names = similar.map { "\"\($0)\"" }.joined(separator: ", ")
            report.bad(
                "after_use",
                .init(
                    "there is no folder \"\(name)\"" + (names.isEmpty ? "" : "; there are \(names)"),
                    "フォルダー \"\(name)\" がない" + (names.isEmpty ? "" : "。あるのは \(names)")),
                advice: .init(
                    "Create it, or set after_use to one that there is: until then used mails stay where they are.",
                    "作成するか、after_use に存在するフォルダーを設定してください。それまで使用済みのメールは元の場所に残ります。"))
        case (.move(let name), nil):
            report.fact(
                "after_use",
                .init(
                    "moved to \"\(name)\"; the server does not tell whether that is there",
                    "\"\(name)\" へ移動。存在するかどうかはサーバーが答えない"))
        default: break
        }
    }
}
