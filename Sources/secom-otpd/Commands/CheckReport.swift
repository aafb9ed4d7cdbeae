import Glibc

/// Lines for an operator: what is good, what is worth a look, and what must be mended.
struct CheckReport {
    private(set) var isBad = false
    private let isColoured = isatty(1) == 1 && getenv("NO_COLOR") == nil

    func heading(_ text: String) { line("\n\(text)") }
    func good(_ what: String, _ text: String) { line("  \(mark("ok  ", 32)) \(what): \(text)") }
    func note(_ what: String, _ text: String) { line("  \(mark("note", 33)) \(what): \(text)") }

    mutating func bad(_ what: String, _ text: String) {
        isBad = true
        line("  \(mark("BAD ", 31)) \(what): \(text)")
    }

    private func mark(_ text: String, _ colour: Int) -> String {
        isColoured ? "\u{1B}[\(colour)m\(text)\u{1B}[0m" : text
    }

    private func line(_ text: String) {
        let bytes = Array("\(text)\n".utf8)
        _ = write(1, bytes, bytes.count)
    }
}
