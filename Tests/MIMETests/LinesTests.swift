import Testing
import Trials

@testable import MIME

@Suite struct LinesTests {
    @Test(
        arguments: chosen([
            ("a\nb", ["a", "b"]), ("a\r\nb\r\n", ["a", "b"]), ("a\rb", ["a", "b"]), ("a\r\r\nb", ["a", "b"]),
            ("a\n\nb", ["a", "", "b"]),
            ("a\r\n\r\nb", ["a", "", "b"]), ("a\r\rb", ["a", "", "b"]), ("\n", [""]), ("", []), ("a", ["a"]),
            // As many CRs as a gateway makes, and more than any does.
            ("a\r\r\r\r\nb", ["a", "b"]), ("a\r\r\r\r\r\nb", ["a", "", "b"]),
            // No line break of mail.
            ("a\u{0B}b\u{0C}c\u{85}d\u{2028}e", ["a\u{0B}b\u{0C}c\u{85}d\u{2028}e"]),
        ])) func breaks(text: String, expected: [String])
    {
        #expect(Lines(bytes(text)).map(string) == expected)
        #expect(Lines(slice(Array(text.utf8))).map(string) == expected)
    }

    @Test func theLastLineMayHaveNoBreak() {
        var lines = Lines(bytes("a\nb"))
        #expect(lines.next() != nil && lines.hadBreak && lines.position == 2)
        #expect(lines.next() != nil && !lines.hadBreak && lines.position == 3)
        #expect(lines.next() == nil)
    }

    @Test func endsOfLines() {
        let text = slice(Array("ab\r\nc".utf8))
        let start = text.startIndex
        #expect(text.endOfLine(from: start) == start + 2)
        #expect(text.startOfNextLine(after: start + 2) == start + 4)
        #expect(text.endOfLine(from: start + 4) == text.endIndex)
        #expect(text.startOfNextLine(after: text.endIndex) == text.endIndex)
    }

    @Test func runsOfCRTakeLinearTime() {
        let growth = ProcessorTime.growth(from: 20_000, to: 160_000) { count in
            #expect(Lines(bytes(String(repeating: "\r", count: count))).reduce(0) { sum, _ in sum + 1 } == count)
        }
        #expect(growth < 24)
    }
}
