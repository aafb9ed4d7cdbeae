/// How well a name on a page matches a word of the recipe; a lower value is better.
enum Closeness: Int, Comparable, Sendable {
    /// The name is the word.
    case exact
    /// The name is the word with a note in brackets or an arrow.
    case noted
    /// The name of a field ends with the word, or is the word followed by を入力 or the like; the name of a button is the word followed by
    /// する or the like.
    case extended
    /// The name contains the word, which is a long one. Never used where something is filled in.
    case within

    static func < (left: Closeness, right: Closeness) -> Bool { left.rawValue < right.rawValue }

    /// The maximum number of characters before the word in the name of a field.
    private static let prefixBound = 12
    /// The minimum length, in characters, of a word that is specific enough whatever surrounds it.
    private static let looseLength = 8
    private static let endings = [
        "する", "へ", "ボタン", "はこちら", "こちら", "へ進む", "に進む", "画面へ", "はこちらから", "をクリック",
    ].map(FoldedText.init)
    private static let requests = [
        "入力", "入力欄", "の入力", "を入力", "を入力する", "を入力してください", "を入力して下さい", "をご入力ください", "をご入力下さい", "を記入してください",
        "をご記入ください",
    ].map(FoldedText.init)

    /// How well the name of a field matches; nil: not at all.
    static func of(field name: PageSnapshot.Name, to word: FoldedText) -> Closeness? {
        let text = name.source == .preceding ? lastSentence(name.text) : name.text
        if let closeness = plain(text, word) { return closeness }
        let bare = FoldedText(withoutNotes(text))
        if bare.isWord(word, and: requests) { return .extended }
        guard name.source != .preceding, bare.hasSuffix(word), bare.length - word.length <= prefixBound else {
            return nil
        }
        return .extended
    }

    /// How well the name of a button or link matches; nil: not at all.
    ///
    /// - Parameter loosely: whether it is enough that the name contains a long word.
    static func of(press name: PageSnapshot.Name, to word: FoldedText, loosely: Bool) -> Closeness? {
        if let closeness = plain(name.text, word) { return closeness }
        let bare = FoldedText(withoutNotes(name.text))
        if bare.isWord(word, and: endings) { return .extended }
        return loosely && word.length >= looseLength && FoldedText(name.text).contains(word) ? .within : nil
    }

    private static func plain(_ text: String, _ word: FoldedText) -> Closeness? {
        let folded = FoldedText(text)
        guard !folded.isEmpty, !word.isEmpty else { return nil }
        if folded == word { return .exact }
        return FoldedText(withoutNotes(text)) == word ? .noted : nil
    }

    private static let opening: [Unicode.Scalar] = ["(", "（", "[", "［", "【", "〔", "<", "＜", "《", "〈"]
    private static let closing: [Unicode.Scalar] = [")", "）", "]", "］", "】", "〕", ">", "＞", "》", "〉"]
    private static let ornaments: Set<Unicode.Scalar> = [
        "→", "⇒", "▶", "►", "▷", "»", "›", "＞", ">", "≫", "・", "･", "●", "■", "◆", "○", "□", "◇", "▼", "▽", "。", "「",
        "」", "『", "』",
        "\u{25B8}", "\u{2023}",
    ]

    /// The text without anything in brackets or after ※, and without ornaments. If nothing else is left, the text in brackets is kept.
    static func withoutNotes(_ text: String) -> String {
        var kept = String.UnicodeScalarView()
        var depth = 0
        for scalar in text.unicodeScalars {
            if scalar == "※", !FoldedText(String(kept)).isEmpty { break }
            if opening.contains(scalar) {
                depth += 1
            } else if closing.contains(scalar) {
                depth = max(depth - 1, 0)
            } else if depth == 0, !ornaments.contains(scalar) {
                kept.append(scalar)
            }
        }
        if FoldedText(String(kept)).isEmpty {
            kept = String.UnicodeScalarView(
                text.unicodeScalars.filter { !opening.contains($0) && !closing.contains($0) && !ornaments.contains($0) }
            )
        }
        return String(kept)
    }

    /// Of prose right before a field, what follows its last full stop.
    private static func lastSentence(_ text: String) -> String {
        text.unicodeScalars.lastIndex(of: "。").map {
            String(text.unicodeScalars[text.unicodeScalars.index(after: $0)...])
        }
            ?? text
    }
}

extension FoldedText {
    /// It is the word followed by one of these endings.
    fileprivate func isWord(_ word: FoldedText, and endings: [FoldedText]) -> Bool {
        hasPrefix(word) && endings.contains { bytes.dropFirst(word.bytes.count).elementsEqual($0.bytes) }
    }
}
