import Testing
import Trials
import Varlink

@testable import secom_otp

/// The columns stand one below the other on a terminal, where Japanese characters take two.
@Suite struct StatusTableTests {
    private func lines(_ names: String...) -> [Substring] {
        let mailboxes = names.map { JSON.object(["name": .string($0), "state": "watching", "reconnects": 0]) }
        let text = StatusTable.text(["version": "1", "mailboxes": .array(mailboxes), "passwords": []])
        return text.split(separator: "\n").dropFirst().prefix(names.count + 1).map { $0 }
    }

    /// Columns before the word, each name's counted by hand.
    private func columns(before word: String, in line: Substring, name: String, width: Int) -> Int? {
        line.range(of: word).map { line[..<$0.lowerBound].dropFirst(name.count).count + width }
    }

    @Test(
        arguments: chosen([
            ("main", 4), ("主", 2), ("証明書の受信箱", 14), ("ｶﾞｰﾄﾞ", 5), ("ガード", 6), ("か\u{3099}", 2), ("ＡＢＣ", 6),
            ("e\u{301}te", 3), ("ab 東京 cd", 10), ("𠮷野家", 6), ("a\u{200D}b", 2), ("「（）」、。", 12),
        ]))
    func eachNameHasItsWidth(name: String, width: Int) throws {
        let lines = lines(name, "the-longest-name-of-all")
        let header = try #require(columns(before: "STATE", in: lines[0], name: "", width: 0))
        #expect(header == 25)
        #expect(columns(before: "watching", in: lines[1], name: name, width: width) == header)
        #expect(columns(before: "watching", in: lines[2], name: "", width: 0) == header)
    }

    @Test func theLongestNameMakesTheColumn() throws {
        let lines = lines("証明書の受信箱の予備", "main")
        #expect(columns(before: "STATE", in: lines[0], name: "", width: 0) == 22)
        #expect(columns(before: "watching", in: lines[1], name: "証明書の受信箱の予備", width: 20) == 22)
        #expect(columns(before: "watching", in: lines[2], name: "", width: 0) == 22)
    }
}
