import Testing
import Trials

@testable import MIME

@Suite struct HeaderFieldsTests {
    private func fields(_ text: String) -> [String] {
        HeaderFields(bytes(text)).map { "\(string($0.name))|\(string($0.value.unfolded))" }
    }

    @Test func theyFoldAndEnd() {
        var fields = HeaderFields(bytes("A: 1\r\n 2\nno field\nB :3\r\n\r\nC: 4"))
        #expect(fields.next().map { string($0.value.unfolded) } == " 1 2")
        #expect(fields.next()?.isNamed("b") == true)
        #expect(fields.next() == nil && fields.isComplete && string(fields.body) == "C: 4")
        #expect(fields.next() == nil)
    }

    @Test(
        arguments: chosen([
            ("A:1", ["A|1"]), ("A:\r\n\t1\r\n 2", ["A|\t1 2"]), ("A:1\rB:2", ["A|1", "B|2"]),
            ("A:1\r\r\nB:2", ["A|1", "B|2"]),
            (": x\nA:1", ["A|1"]), ("あ: x\nA:1", ["A|1"]), ("A B: x\nA:1", ["A|1"]), ("A : :b", ["A| :b"]),
            ("From someone Mon\nA:1", ["A|1"]), ("From: a\0b", ["From| a\0b"]), (" A:1\nB:2", ["B|2"]), ("\nA:1", []),
            ("", []),
        ])) func asMailHasThem(text: String, expected: [String])
    {
        #expect(fields(text) == expected)
    }

    @Test func aHeaderThatDoesNotEndIsNotComplete() {
        for text in ["A: 1", "A: 1\n", "A: 1\n ", ""] {
            var fields = HeaderFields(bytes(text))
            while fields.next() != nil {}
            #expect(!fields.isComplete && fields.body.isEmpty && fields.bytesRead == text.utf8.count)
        }
        var complete = HeaderFields(bytes("\nA: 1"))
        #expect(complete.next() == nil && complete.isComplete && complete.bytesRead == 1)
    }

    @Test func inASlice() {
        var fields = HeaderFields(slice(Array("A: 1\n\nbody".utf8)))
        #expect(fields.next().map { string($0.value) } == " 1")
        #expect(fields.next() == nil && string(fields.body) == "body" && fields.bytesRead == 6)
    }

    @Test func manyFoldsTakeLinearTime() {
        let growth = ProcessorTime.growth(from: 20_000, to: 160_000) { count in
            #expect(fields("A:" + String(repeating: "\n a", count: count)).count == 1)
        }
        #expect(growth < 24)
    }
}
