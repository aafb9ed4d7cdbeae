/// `secom-otp status`, and a claim that waits or got nothing.
extension Japanese {
    static let status: KeyValuePairs<String, String> = [
        "secom-otp: waiting, {1} left: {2}":
            "secom-otp: 待機中 (残り {1}): {2}",
        "for a matching password":
            "条件に合うパスワード",
        "{1} watching":
            "{1} 個は watching",
        "{1} more have problems":
            "ほか {1} 個に問題あり",
        "{1} in doubt, because nobody knows who had it: --include-in-doubt, or secom-otp settle: {2}":
            "使われたか不明 (inDoubt) なパスワードが {1} 個ある。--include-in-doubt を付けて受け取るか、secom-otp settle で結果を伝える: {2}",
        "{1} refused: {2}":
            "拒否したメールが {1} 通ある: {2}",
        "{1} claimed by another claimant and not settled yet":
            "ほかの受け取る側が受け取り、まだ結果を伝えていないパスワードが {1} 個ある",
        "{1} in another mailbox: {2}":
            "ほかのメールボックスに {1} 個ある: {2}",
        "{1} for another recipient: {2}":
            "ほかの宛先のものが {1} 個ある: {2}",
        "unknown (the mail does not say)":
            "不明 (メールに宛先がない)",
        "1 was there, issued {1} too early for --issued-after":
            "1 個あったが、--issued-after より {1}前に発行されている",
        "{1} were there, issued {2} too early for --issued-after":
            "{1} 個あったが、--issued-after より前に発行されている ({2}前)",
        "{1} and more":
            "{1} など",
        "{1} and {2}":
            "{1} と {2}",
        "{1} h":
            "{1} 時間",
        "{1} h {2} min":
            "{1} 時間 {2} 分",
        "{1} min":
            "{1} 分",
        "{1} min {2} s":
            "{1} 分 {2} 秒",
        "{1} s":
            "{1} 秒",
        "{1}; next attempt at {2}":
            "{1} (次の試行 {2})",
        "next attempt at {1}":
            "次の試行 {1}",
        "trying again: {1}":
            "再試行中: {1}",
        "{1}; trying again":
            "{1} 再試行中",
        "secom-otpd {1}: {2}; {3}":
            "secom-otpd {1}: {2}。メール: {3}",
        "1 mailbox":
            "メールボックス 1 個",
        "{1} mailboxes":
            "メールボックス {1} 個",
        "no mailbox":
            "メールボックスなし",
        "{1}, all OK":
            "{1}、すべて正常",
        "{1}, {2} with problems ({3})":
            "{1}、問題あり {2} 個 ({3})",
        "no mail from the sender":
            "差出人からのものなし",
        "... {1} more lines":
            "... ほか {1} 行",
        "MAILBOX":
            "メールボックス",
        "STATE":
            "状態",
        "ARRIVAL":
            "新着",
        "CLAIMS":
            "受け取り",
        "ANSWERED":
            "最終応答",
        "LAST MAIL":
            "最終メール",
        "RECONNECTS":
            "再接続",
        "PASSWORD":
            "パスワード",
        "REASON":
            "理由",
        "ISSUED":
            "発行",
        "EXPIRES":
            "有効期限",
        "RECIPIENT":
            "宛先",
        "to {1}":
            "宛先 {1}",
        "{1}, {2}":
            "{1}、{2}",
        "{1}; {2}":
            "{1}。{2}",
    ]
}
