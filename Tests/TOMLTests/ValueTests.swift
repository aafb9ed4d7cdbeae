import Messages
import TOML
import Testing
import Trials

/// What a document says, by the examples of toml.io.
@Suite struct ValueTests {
    private func value(_ text: String) -> TOMLValue.Content? {
        let document = TOMLDocument("a = \(text)")
        #expect(document.mistakes.isEmpty, "\(document.mistakes)")
        return document.root["a"]?.content
    }

    @Test(
        arguments: chosen([
            (#""""#, ""), (#""a\tb\u00E9\U0001F600\"\\""#, "a\tbé😀\"\\"), (#"'C:\x'"#, #"C:\x"#), (#"''"#, ""),
            ("\"\"\"\nRoses\nViolets\"\"\"", "Roses\nViolets"), ("\"\"\"a \\\n\n   b\"\"\"", "a b"),
            (#""""""quoted""""""#, "\"\"quoted\"\""), ("'''\n\\a''b'''", "\\a''b"), ("'''a''''", "a'"),
            ("\"# no comment\" # one", "# no comment"),
        ])) func texts(_ text: String, _ meant: String)
    {
        #expect(value(text) == .string(meant))
    }

    @Test(
        arguments: chosen([
            ("0", 0), ("+99", 99), ("-17", -17), ("1_000", 1000), ("0xDEAD_beef", 0xDEAD_BEEF), ("0o755", 0o755),
            ("0b11", 3),
            ("9223372036854775807", Int.max), ("-9223372036854775808", Int.min), ("-0", 0),
        ])) func integers(_ text: String, _ meant: Int)
    {
        #expect(value(text) == .integer(meant))
    }

    @Test(
        arguments: chosen([
            ("1.0", "a float"), ("-0.1e-2", "a float"), ("5e+22", "a float"), ("inf", "a float"), ("-nan", "a float"),
            ("1979-05-27", "a date"), ("07:32:00.999", "a time"), ("1979-05-27T07:32:00Z", "a date and time"),
            ("1979-05-27 07:32:00.5-07:00", "a date and time"), ("1979-05-27t07:32:00", "a date and time"),
        ])) func whatNothingHereTakes(_ text: String, _ name: String)
    {
        #expect(value(text) == .other(Text(verbatim: name)))
    }

    @Test func arraysAndTables() {
        let document = TOMLDocument(
            "a.b = [1, # one\n  [true,],\n]\nc = { d = 1, e.f = '' }\r\n[g]\n[[h]]\nx = 1\n[h.i]\nj = 2\n[[h]]\n[k.l]\n[k]\nm = 3"
        )
        #expect(document.mistakes.isEmpty && document.hasEveryKey)
        func table(_ value: TOMLValue?) -> [String: TOMLValue] {
            if case .table(let members)? = value?.content { members } else { [:] }
        }
        #expect(table(document.root["c"])["d"]?.content == .integer(1))
        #expect(table(table(document.root["c"])["e"])["f"]?.content == .string(""))
        guard case .array(let tables)? = document.root["h"]?.content else { return #expect(Bool(false)) }
        #expect(tables.map(\.line) == [6, 10] && table(table(tables.first)["i"])["j"]?.line == 9)
        #expect(table(document.root["k"])["m"]?.content == .integer(3))
        guard case .array(let elements)? = table(document.root["a"])["b"]?.content else { return #expect(Bool(false)) }
        #expect(elements.count == 2 && elements.last?.line == 2)
    }
}
