import Testing
import Trials

@testable import MIME

@Suite struct BodyPartsTests {
    private func parts(_ body: String, boundary: String = "b") -> [String] {
        BodyParts(bytes(body), boundary: Array(boundary.utf8)).map(string)
    }

    /// The message of RFC 2046, 5.1.1, line ends and all.
    @Test func theExampleOfTheRFC() {
        let body = """
            This is the preamble.  It is to be ignored.
            --simple boundary

            This is implicitly typed plain US-ASCII text.
            It does NOT end with a linebreak.
            --simple boundary
            Content-type: text/plain; charset=us-ascii

            This is explicitly typed plain US-ASCII text.
            It DOES end with a linebreak.

            --simple boundary--

            This is the epilogue.  It is also to be ignored.
            """.replacing("\n", with: "\r\n")
        let found = parts(body, boundary: "simple boundary")
        #expect(found.count == 2)
        #expect(found.first?.hasPrefix("\r\nThis is implicitly") == true)
        #expect(found.last?.hasSuffix("DOES end with a linebreak.\r\n\r\n") == true)
    }

    @Test func boundariesAreWholeLines() {
        #expect(parts("x\n--b\n1\n--bb\n--b-\n --b\n--b \t\n2\n--b--\n3\n--b\n4") == ["1\n--bb\n--b-\n --b\n", "2\n"])
    }

    @Test(arguments: chosen(["\n", "\r\n", "\r"])) func anyLineEnd(end: String) {
        #expect(parts("--b\n1\n--b\n2\n--b--".replacing("\n", with: end)) == ["1" + end, "2" + end])
    }

    @Test func whatIsMissing() {
        #expect(parts("--b\r\n1") == ["1"])
        #expect(parts("--b--\n1") == [])
        #expect(parts("--b") == [""])
        #expect(parts("--b\n--b--") == [""])
        #expect(parts("") == [])
        #expect(parts("1\n2") == [])
        #expect(parts("--b\n1\n--b--x\n2") == ["1\n--b--x\n2"])
    }

    @Test func inASliceOfALargerBody() {
        let body = slice(Array("--b\n1\n--b--".utf8))
        #expect(BodyParts(body, boundary: [UInt8(ascii: "b")]).map(string) == ["1\n"])
    }

    @Test func manyDashesTakeLinearTime() {
        let boundary = Array(repeating: UInt8(ascii: "-"), count: 70)
        let growth = ProcessorTime.growth(from: 1_000, to: 8_000) { count in
            #expect(BodyParts(bytes(String(repeating: "-x\n-", count: count)), boundary: boundary).map(string) == [])
        }
        #expect(growth < 24)
    }
}
