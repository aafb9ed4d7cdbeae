import Testing
import Trials

@testable import MIME

@Suite struct HeaderReadingsTests {
    private func agree(_ message: [UInt8]) -> Bool {
        let text = slice(message)
        var fields = HeaderFields(text)
        while fields.next() != nil {}
        return HeaderReadings(text, headerLength: fields.bytesRead, hasOtherLines: fields.hasOtherLines).agree
    }

    private static let rest = "From: a@b.example\r\nSubject: x\r\n\r\nbody\r\n"

    @Test(
        arguments: chosen([
            rest, rest.replacing("\r\n", with: "\n"), rest.replacing("\r\n", with: "\r"),
            rest.replacing("\r\n", with: "\r\r\n"), "",
            "From: a@b.example", "From: a@b.example\r", "From someone Mon\nFrom: a@b.example\n\n", ">From x\r\n\(rest)",
            // Composers mix them within a fold.
            "X: y\nFrom: a@b.example\nSubject: x\r\n y\n\nbody", "X: y\r\nA: b\nC: d\r\n\(rest)",
            "From: a@b.example\r\nA: b\rc\r\n\r\n",
            "From: a@b.example\r\nno field\r\nSubject: x\r\n\r\n",
            "From: a@b.example\r\n\r\nno field\r\n\0\rFrom: c@d.example\r\n\r\n",
            "X: y\r\n From: c@d.example\r\n\(rest)",
        ])) func alike(_ message: String)
    {
        #expect(agree(Array(message.utf8)))
    }

    @Test(
        arguments: chosen([
            "X: y\r\nA: b\rFrom: c@d.example\r\n\r\n", "X: y\r\nFrom: c@d.example\rFrom: a@b.example\r\n\r\n",
            "A: b\r\r\(rest)",
            "X: y\r\nA: b\nFrom: c@d.example\r\n\r\n", "X: y\r\nFrom: a@b.example\n\nbody\r\nFrom: c@d.example\r\n\r\n",
            "X: y\nA: b\r\r\r\r\r\nFrom: c@d.example\n\n", "A: \0b\r\n\(rest)", "no field\r\n\(rest)",
            "X: y\r\nF\u{1}rom: c@d.example\r\n\(rest)",
            " From: c@d.example\r\n\(rest)", "X: y\r\n\u{A0}From : c@d.example\r\n\(rest)",
            "From: a@b.example\r\nA: b\rSubject: x\r\n\r\n",
            "From: a@b.example\rSubject: x\r\rbody\n", "X: y\r\nA: b\rAuthentication-Results: x\r\n\(rest)",
        ])) func apart(_ message: String)
    {
        #expect(!agree(Array(message.utf8)))
    }

    @Test func linesWithoutAnEndTakeLinearTime() {
        let growth = ProcessorTime.growth(from: 20_000, to: 160_000) { count in
            _ = agree(Array(("X: y\r\n" + String(repeating: "A: b\r", count: count)).utf8))
            _ = agree(Array(("X: y\r\n" + String(repeating: "A: b\n c\n", count: count) + Self.rest).utf8))
        }
        #expect(growth < 24)
    }
}
