import IMAP

/// Where the time of a failed check went, if it took a while: what was slow is what must be fixed.
struct ProbeTime {
    /// What takes less is not worth reporting.
    private static let remarkable: Duration = .seconds(3)

    private let steps: [ProbeStep]
    private let uselessAddresses: Int

    init(_ steps: [ProbeStep], _ uselessAddresses: Int) {
        self.steps = steps
        self.uselessAddresses = uselessAddresses
    }

    func tell(_ report: inout CheckReport) {
        let total = steps.reduce(Duration.zero) { $0 + $1.took }
        guard total >= Self.remarkable else { return }
        let slow = steps.filter { $0.took >= .seconds(1) }
        report.note(
            "time",
            .init(
                "\(seconds(total)) s: "
                    + slow.map { "\(english($0.work)) \(seconds($0.took)) s" }.joined(separator: ", ")
                    + (uselessAddresses > 0
                        ? "; \(uselessAddresses) address(es) accepted a connection but were unusable" : ""),
                "\(seconds(total)) 秒: "
                    + slow.map { "\(japanese($0.work)) \(seconds($0.took)) 秒" }.joined(separator: "、")
                    + (uselessAddresses > 0 ? "。接続はできたが役に立たなかったアドレス \(uselessAddresses) 個" : "")))
    }

    private func seconds(_ duration: Duration) -> String {
        let tenths = Int(duration / .milliseconds(100))
        return "\(tenths / 10).\(tenths % 10)"
    }

    private func english(_ work: ProbeStep.Work) -> String {
        switch work {
        case .credential: "the credential"
        case .connection: "name lookup, connection, TLS and greeting"
        case .login: "the login"
        case .opening: "opening the folder"
        case .search: "the search"
        case .others: "other folders"
        }
    }

    private func japanese(_ work: ProbeStep.Work) -> String {
        switch work {
        case .credential: "認証情報"
        case .connection: "名前解決、接続、TLS、サーバーの挨拶"
        case .login: "ログイン"
        case .opening: "フォルダーを開く"
        case .search: "検索"
        case .others: "ほかのフォルダー"
        }
    }
}
