import Glibc
import ProcessRuntime

/// Lines for an operator: what is good, what is worth a look, and what must be mended. The first words of a line are the same in
/// every language, for who looks them up; what follows is in the operator's, where there are words for it.
struct CheckReport {
    /// The same in two languages.
    struct Words {
        let english, japanese: String

        init(_ english: String, _ japanese: String? = nil) {
            self.english = english
            self.japanese = japanese ?? english
        }
    }

    private(set) var isBad = false
    private let isColoured = isatty(1) == 1 && getenv("NO_COLOR") == nil
    private let isJapanese = Self.speaksJapanese { name in getenv(name).map { String(cString: $0) } }

    /// Whether messages are to be in Japanese, as UTF-8. locale(7)
    static func speaksJapanese(_ environment: (String) -> String?) -> Bool {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap(environment).first { !$0.isEmpty } ?? "C"
        let (name, charset) = (locale.prefix { $0 != "." && $0 != "_" }, locale.drop { $0 != "." }.lowercased())
        return name == "ja" && (charset.hasPrefix(".utf-8") || charset.hasPrefix(".utf8"))
    }

    func heading(_ text: String) { line("\n\(text)") }
    func good(_ what: String, _ words: Words) { line("  \(mark("ok  ", 32)) \(what): \(said(words))") }
    func note(_ what: String, _ words: Words) { line("  \(mark("note", 33)) \(what): \(said(words))") }

    /// What is wrong, and what to do about it.
    mutating func bad(_ what: String, _ words: Words, advice: Words?) {
        isBad = true
        line("  \(mark("BAD ", 31)) \(what): \(said(words))")
        if let advice { line("       → \(said(advice))") }
    }

    private func said(_ words: Words) -> String { isJapanese ? words.japanese : words.english }

    private func mark(_ text: String, _ colour: Int) -> String {
        isColoured ? "\u{1B}[\(colour)m\(text)\u{1B}[0m" : text
    }

    private func line(_ text: String) {
        writeAll(Array("\(text)\n".utf8), to: 1)
    }
}
