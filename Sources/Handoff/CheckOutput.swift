import Glibc
import ProcessRuntime

/// Where the lines of a check are printed: standard output, coloured on a terminal. https://no-color.org
public enum CheckOutput {
    private static let isColoured = isatty(1) == 1 && getenv("NO_COLOR") == nil
    private static let colours = ["  ok   ": 32, "  note ": 33, "  BAD  ": 31]

    /// Writes them at once. That nobody reads on is no error: the exit status still tells.
    public static func show(_ lines: [String]) {
        guard !lines.isEmpty else { return }
        let text = lines.map { (isColoured ? coloured($0) : $0) + "\n" }.joined()
        writeAll(Array(text.utf8), to: 1)
    }

    /// The line with its mark in colour.
    static func coloured(_ line: String) -> String {
        guard let (mark, colour) = colours.first(where: { line.hasPrefix($0.key) }) else { return line }
        return "  \u{1B}[\(colour)m\(mark.dropFirst(2).dropLast())\u{1B}[0m \(line.dropFirst(mark.count))"
    }
}
