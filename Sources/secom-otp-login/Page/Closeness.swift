/// How well a name on a page fits a word of the recipe; the less, the better.
enum Closeness: Int, Comparable, Sendable {
    /// It is the word.
    case exact
    /// It is the word and a note in brackets, or an arrow.
    case noted
    /// A field's name that ends with it or goes on with を入力 and the like, or a button's that goes on with する and the like.
    case extended
    /// It holds the word, which is a long one. Never where something is filled in.
    case within

    static func < (left: Closeness, right: Closeness) -> Bool { left.rawValue < right.rawValue }

    /// Characters that a field's name may have in front of the word.
    private static let prefixBound = 12
    /// Characters of a word that says enough, whatever stands around it.
    private static let looseLength = 8
    private static let endings = [
        "する", "へ", "ボタン", "はこちら", "こちら", "へ進む", "に進む", "画面へ", "はこちらから", "をクリック",
    ].map(FoldedText.init)
    private static let requests = [
        "入力", "入力欄", "の入力", "を入力", "を入力する", "を入力してください", "を入力して下さい", "をご入力ください", "をご入力下さい", "を記入してください",
        "をご記入ください",
    ].map(FoldedText.init)

    /// How a field's name fits.
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

    /// How the name of a button or link fits.
    ///
    /// - Parameter loosely: whether it is enough that it holds the word.
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

    /// Without what stands in brackets or behind ※, and without ornaments. Text that is nothing else keeps what is in its brackets.
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

    /// What stands right before a field, where that is prose: behind its last full stop.
    private static func lastSentence(_ text: String) -> String {
        text.unicodeScalars.lastIndex(of: "。").map {
            String(text.unicodeScalars[text.unicodeScalars.index(after: $0)...])
        }
            ?? text
    }
}

extension FoldedText {
    /// It is the word, and one of these behind it.
    fileprivate func isWord(_ word: FoldedText, and endings: [FoldedText]) -> Bool {
        hasPrefix(word) && endings.contains { bytes.dropFirst(word.bytes.count).elementsEqual($0.bytes) }
    }
}
