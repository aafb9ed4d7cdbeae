import Testing
import Trials

@testable import MIME

@Suite struct FlowedTextTests {
    private func joined(_ text: String, deletesSpace: Bool = false) -> String {
        string(FlowedText.joined(bytes(text), deletesSpace: deletesSpace))
    }

    /// RFC 3676, 4.
    @Test(
        arguments: chosen([
            ("a \nb\n", "a b\n"), ("a\nb\n", "a\nb\n"), ("a \r\nb", "a b\n"), (" a\n", "a\n"), ("  a\n", " a\n"),
            (" >a\n", ">a\n"),
            (" From a\n", "From a\n"), ("> a \n> b\n", "> a b\n"), ("> a \n>> b\n", "> a \n>> b\n"),
            ("> a \nb\n", "> a \nb\n"),
            (">>a\n", ">> a\n"), ("-- \na\n", "-- \na\n"), ("a \n-- \nb\n", "a \n-- \nb\n"), ("a \n", "a "), ("", ""),
            ("\n", "\n"),
        ])) func lines(text: String, expected: String)
    {
        #expect(joined(text) == expected)
    }

    /// Japanese has no spaces between words: DelSp=yes takes the flow's own off.
    @Test func delSp() {
        #expect(joined("ワンタイム \nパスワード\n", deletesSpace: true) == "ワンタイムパスワード\n")
        #expect(joined("a  \nb\n", deletesSpace: true) == "a b\n")
        #expect(joined("-- \na\n", deletesSpace: true) == "-- \na\n")
    }
}
