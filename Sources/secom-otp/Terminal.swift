import CLinux
import Glibc

/// Who looks at one of the standard streams: a person at a terminal, or nobody.
struct Terminal: Sendable {
    let descriptor: Int32
    private let environment: @Sendable (String) -> String?

    static let output = Terminal(1)
    static let errors = Terminal(2)

    init(_ descriptor: Int32, environment: @escaping @Sendable (String) -> String? = Self.variable) {
        (self.descriptor, self.environment) = (descriptor, environment)
    }

    @Sendable static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

    /// Whether it is a terminal at all.
    var isThere: Bool { isatty(descriptor) == 1 }

    /// Whether what is there can be written over: it is a terminal that knows how.
    var isRenewable: Bool { isThere && !["", "dumb", "unknown"].contains(environment("TERM") ?? "") }

    /// Whether it is this process's turn there: not while a shell has it in the background.
    var isOurs: Bool {
        let group = tcgetpgrp(descriptor)
        return group <= 0 || group == getpgrp()
    }

    /// Whether it shows colours, and whoever looks wants them. https://no-color.org
    var hasColours: Bool {
        guard isRenewable, environment("NO_COLOR") ?? "" == "", let type = environment("TERM") else { return false }
        return !type.hasPrefix("vt") && !type.hasSuffix("-m") && !type.hasSuffix("-mono")
    }

    private static let usualColumns = 80
    private static let usualRows = 24

    /// Columns: the terminal's own word (TIOCGWINSZ), else COLUMNS, else 80.
    var columns: Int {
        size?.columns ?? environment("COLUMNS").flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
            ?? Self.usualColumns
    }

    /// Rows: the terminal's own word, else 24.
    var rows: Int { size.flatMap { $0.rows > 0 ? $0.rows : nil } ?? Self.usualRows }

    private var size: (columns: Int, rows: Int)? {
        var (columns, rows) = (Int32(0), Int32(0))
        return linux_terminal_size(descriptor, &columns, &rows) ? (Int(columns), Int(rows)) : nil
    }
}
