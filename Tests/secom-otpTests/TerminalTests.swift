import Glibc
import Testing
import Trials

@testable import secom_otp

/// How wide it is, and whether it has colours, by what the environment says where there is no terminal.
@Suite struct TerminalTests {
    @Test(arguments: chosen([("132", 132), ("", 80), ("wide", 80), ("0", 80), ("-5", 80)] as [(String, Int)]))
    func withoutATerminalColumnsCounts(columns: String, width: Int) throws {
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        defer { ends.forEach { _ = close($0) } }
        let terminal = Terminal(ends[1]) { ["COLUMNS": columns, "TERM": "xterm"][$0] }
        #expect(terminal.columns == width)
        #expect(!terminal.isThere && !terminal.isRenewable && !terminal.hasColours)
        #expect(terminal.rows == 24)
    }

    @Test(
        arguments: chosen(
            [
                (["TERM": "xterm-256color"], true, true), (["TERM": "xterm", "NO_COLOR": "1"], true, false),
                (["TERM": "xterm", "NO_COLOR": ""], true, true), (["TERM": "dumb"], false, false), ([:], false, false),
                (["TERM": "vt100"], true, false), (["TERM": "xterm-mono"], true, false),
            ] as [([String: String], Bool, Bool)]))
    func coloursAreForWhoHasAndWantsThem(environment: [String: String], isRenewable: Bool, hasColours: Bool) throws {
        let master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        try #require(master >= 0)
        defer { close(master) }
        // TIOCSPTLCK, TIOCGPTN: ioctl_tty(2)
        var (lock, number) = (Int32(0), Int32(0))
        try #require(ioctl(master, 0x4004_5431, &lock) == 0 && ioctl(master, 0x8004_5430, &number) == 0)
        let slave = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
        try #require(slave >= 0)
        defer { close(slave) }
        let terminal = Terminal(slave) { environment[$0] }
        #expect(terminal.isThere && terminal.isOurs)
        #expect((terminal.isRenewable, terminal.hasColours) == (isRenewable, hasColours))
        var size = winsize(ws_row: 50, ws_col: 132, ws_xpixel: 0, ws_ypixel: 0)
        try #require(ioctl(slave, UInt(TIOCSWINSZ), &size) == 0)
        #expect((terminal.columns, terminal.rows) == (132, 50))
    }
}
