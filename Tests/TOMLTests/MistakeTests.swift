import TOML
import Testing
import Trials

/// One mistake costs one message, and what stands behind it is read.
@Suite struct MistakeTests {
    /// Between two good lines: exactly this line is told, and both are there.
    @Test(
        arguments: chosen([
            "b = x", "b = \"x", "b = 'x", "b = x\"", "b = “x”", "b = \"x”", "b = \"x\";", "b = \"x\",",
            "b = \"x\" // y", "b == 1",
            "b : 1", "b 1", "b", "b =", "b = # x", "= 1", "ｂ = 1", "b ＝ 1", "b　= 1", "b =　1", "b\u{A0}= 1",
            "\u{200B}b = 1", "\u{FEFF}b = 1",
            "b = True", "b = yes", "b = 0660", "b = 60s", "b = 1.2.3.4", "b = 99999999999999999999", "b = 1__0",
            "b = 1979-02-99",
            "b = 1979-05-27T", "b = 1979-05-27T:", "b = \"C:\\users\"", "b = \"\\q\"", "b = \"\\uD800\"",
            "b = \"\\u12\"", "b = [1, 2", "b = [1 2]", "b = [1,, 2]", "b = [\"x]",
            "b = [1}", "b = ]", "b = }", "b = {c = 1", "b = {c = 1,}", "b = {c : 1}", "b = {c = 1 d = 2}",
            "b = {c = 1]", "b = {c}", "b = 1 c = 2",
            "b = 1 2", "b = 1 ]", "b = (1)", "b = `x`", "a = 2", "a.b = 1", "b.. = 1", ".b = 1", "\"b = 1", "b\"c = 1",
            "b = \u{1}", "// b", "; b = 1", "<<<<<<< b", "=======", "　b = 1", "b = [ c = 1 ]",
            "b = \"\u{1}\"", "[", "[]", "[[]]", "[b", "[[b]", "[b]]", "[b] c", "[.b]", "[b.]", "[b c]", "[ｂ]",
            "[[[b]]]", "[a]", "[[a]]", "[a.b]", "b\n\n",
        ])) func inTheMiddle(_ line: String)
    {
        let document = TOMLDocument("a = 1\n\(line)\nz.y = 1\n[t]\n")
        #expect(document.mistakes.map(\.line) == [2], "\(document.mistakes)")
        #expect(document.root["a"]?.content == .integer(1) && document.root["t"] != nil)
        let isHeader = line.hasPrefix("[")
        #expect(isHeader || document.root["z"] != nil)
        // Whose the key is may be unknown then.
        if !isHeader, document.hasEveryKey { #expect(document.root["b"] != nil || line.hasPrefix("a")) }
    }

    @Test func severalLines() {
        func lines(_ text: String) -> [Int] { TOMLDocument(text).mistakes.map(\.line) }
        #expect(lines("a = [\n  1,\nb = 2\nc = x\n") == [1, 4])
        #expect(lines("a = [\n  1\n  2\n]\nc = x\n") == [3, 5])
        #expect(lines("a = {\n  b = 1\n  c = 2\n}\nd = x") == [1, 5])
        #expect(lines("a = \"\"\"\nb = 2\n") == [1])
        #expect(lines("a = 1\r\nb = x\r\nc = y") == [2, 3])
        #expect(lines("a = 1\rb = x\rc = 2") == [1, 2])
        #expect(lines("[a]\nb = 1\n[a]\nb = 2\nc = 3\n") == [3, 4])
        #expect(lines(String(repeating: "a\n", count: 1000)).count == 51)
        // A full-width space.
        #expect(lines("a = 1\n　\nb = x") == [2, 3])
    }

    @Test func lettersThatLookLikeOthers() {
        let document = TOMLDocument("u\u{455}er = 1\n［［t］］\na = 1\n")
        #expect(document.mistakes.map(\.line) == [1, 2])
        #expect(document.root["user"]?.content == .unreadable && document.hasEveryKey)
        guard case .array(let tables)? = document.root["t"]?.content else { return #expect(Bool(false)) }
        #expect(tables.count == 1)
    }

    @Test func tablesOfWhichThereMayBeMany() {
        let document = TOMLDocument("[m]\na = 1\n[m]\na = 2\n", tablesOfMany: ["m"])
        #expect(document.mistakes.map(\.line) == [1, 3])
        guard case .array(let tables)? = document.root["m"]?.content else { return #expect(Bool(false)) }
        #expect(tables.map(\.line) == [1, 3])
    }

    /// What a message says is known beforehand, whatever stands in the text.
    @Test func noMessageRepeatsTheText() {
        var random = Seeded(Seed.choose())
        let pieces = [
            "\"", "'", "[", "]", "{", "}", "=", ".", ",", "\n", "\\", "“", "０", " ", "1", "true", "#", "Geheim7",
            "[[t]]", "a.b", "\"\"\"",
        ]
        for _ in 0..<20_000 {
            let text = (0..<Int.random(in: 1...12, using: &random)).map { _ in
                pieces.randomElement(using: &random) ?? ""
            }.joined()
            for mistake in TOMLDocument(text, tablesOfMany: ["t"]).mistakes {
                #expect(!mistake.message.contains("Geheim7"), "\(text)")
                #expect(1...text.count + 1 ~= mistake.line)
            }
        }
    }

    @Test func timeIsInProportionToTheText() {
        for piece in [
            "[[a]]\n", "a.b.c.d = 1\n", "[a.b.c.d]\n", "a = [\n", "a = {b = ", "[", "a = \"\"\"", "a\r", "a = \"x\n",
            "{\n", "[a]\n",
        ] {
            let growth = ProcessorTime.growth(from: 20_000, to: 80_000) { size in
                _ = TOMLDocument(String(repeating: piece, count: size / piece.utf8.count))
            }
            #expect(growth < 9, "\(piece)")
        }
    }
}
