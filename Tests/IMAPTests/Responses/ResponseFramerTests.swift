import Glibc
import Testing
import Trials
import Trials

@testable import IMAP

struct ResponseFramerTests {
    static let dialogue: [String] = [
        "* OK [CAPABILITY IMAP4rev1] ready {12}\n",
        "* 1 FETCH (UID 7 BODY[] {6}\na\nb\n)\n",
        "+ {3}\n",
        "3 OK done {4294967295}\n",
        "* 2 FETCH (BODY[] {0}\n X {2+}\n{} {1}\n\r)\n",
        "* bye {9}\n",
        "* 3 FETCH (X \"{3}\" {}\n",
        "\n",
    ]

    @Test func anySplitGivesTheSameResponses() throws {
        let expected = Self.dialogue.map { wire($0) }
        let bytes = expected.flatMap { $0 }
        for first in 0...bytes.count {
            for second in [first, first + 1, first + 7, bytes.count].map({ min($0, bytes.count) }) {
                var framer = ResponseFramer()
                var found: [[UInt8]] = []
                for chunk in [bytes[..<first], bytes[first..<second], bytes[second...]] {
                    framer.receive(chunk)
                    found += try framer.all()
                }
                #expect(found == expected, "split at \(first) and \(second)")
                #expect(framer.isEmpty)
            }
        }
        var framer = ResponseFramer()
        var found: [[UInt8]] = []
        for byte in bytes {
            framer.receive([byte])
            found += try framer.all()
        }
        #expect(found == expected)
    }

    @Test func partOfAResponseIsNotTaken() throws {
        var framer = ResponseFramer()
        #expect(framer.isEmpty)
        framer.receive(wire("* 1 FETCH (BODY[] {5}\n)\n"))
        #expect(framer.mayHaveNext)
        #expect(try framer.next() == nil)
        #expect(!framer.isEmpty && !framer.mayHaveNext)
        framer.receive([0x61])
        #expect(framer.mayHaveNext)
    }

    @Test(
        arguments: chosen(
            [
                ("* OK ready\u{A}", ResponseBreach.bareLineFeed),
                ("\u{A}", .bareLineFeed),
                ("* 1 FETCH (X {4294967295}\r\n", .literalTooLarge(limit: 64 * 1024)),
                ("* 1 FETCH (X {99999999999999999999999999}\r\n", .literalTooLarge(limit: 64 * 1024)),
                ("* 1 FETCH (X {000000000000000000000001}\r\n", .literalTooLarge(limit: 64 * 1024)),
                ("* 1 FETCH (X {65537}\r\n", .literalTooLarge(limit: 64 * 1024)),
                ("* X {65537+}\r\n", .literalTooLarge(limit: 64 * 1024)),
            ] as [(String, ResponseBreach)])) func breaches(text: String, breach: ResponseBreach)
    {
        var framer = ResponseFramer()
        framer.receive(Array(text.utf8))
        #expect(throws: breach) { try framer.next() }
    }

    @Test func aLineHasABound() throws {
        var framer = ResponseFramer()
        framer.limits.line = 100
        framer.receive(repeatElement(0x61, count: 98) + [13, 10])
        #expect(try framer.next()?.count == 100)
        framer.receive(repeatElement(0x61, count: 99) + [13, 10])
        #expect(throws: ResponseBreach.lineTooLong(limit: 100)) { try framer.next() }
        framer = ResponseFramer()
        framer.limits.line = 100
        framer.receive(repeatElement(0x61, count: 101))
        #expect(throws: ResponseBreach.lineTooLong(limit: 100)) { try framer.next() }
    }

    @Test func aResponseHasABound() throws {
        var framer = ResponseFramer()
        framer.limits.response = 1000
        framer.receive(wire("* X {600}\n") + repeatElement(0x61, count: 600) + wire(" {600}\n"))
        #expect(throws: ResponseBreach.responseTooLarge(limit: 1000)) { try framer.next() }
    }

    @Test func aLiteralMayBeAsLargeAsAllowed() throws {
        var framer = ResponseFramer()
        framer.limits.literal = 10
        framer.receive(wire("* X {10}\n0123456789\n"))
        #expect(try framer.next()?.count == 22)
        framer.limits.literal = 0
        framer.receive(wire("* X {0}\n\n* X {1}\n"))
        #expect(try framer.next()?.count == 11)
        #expect(throws: ResponseBreach.literalTooLarge(limit: 0)) { try framer.next() }
    }

    /// The time that bytes cost grows with their number alone, however they are cut.
    @Test(arguments: chosen([1, 16, 4096])) func linearTime(chunk: Int) throws {
        // This thread's own time on the processor: what else the machine does is no matter.
        func cost(_ bytes: [UInt8]) throws -> Double {
            let start = threadTime()
            var framer = ResponseFramer()
            framer.limits = .init(line: 1 << 24, literal: 1 << 24, response: 1 << 25)
            var index = 0
            while index < bytes.count {
                framer.receive(bytes[index..<min(index + chunk, bytes.count)])
                while try framer.next() != nil {}
                index += chunk
            }
            return threadTime() - start
        }
        func threadTime() -> Double {
            var time = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        }
        func shapes(_ size: Int) -> [[UInt8]] {
            let literal = String(repeating: "a", count: size)
            return [
                wire("* X \(literal)\n"), wire("* X {\(size)}\n\(literal)\n"),
                wire(String(repeating: "* X {1}\na\n", count: size / 10)),
                wire("* X \(literal){\(size)}\n\(literal)\n"),
                wire("* X " + String(repeating: "{1}\na ", count: size / 6) + "\n"),
            ]
        }
        for (small, large) in zip(shapes(10_000), shapes(160_000)) {
            let base = try (0..<3).map { _ in try cost(small) }.min() ?? 0
            let sixteenfold = try (0..<3).map { _ in try cost(large) }.min() ?? 0
            // Sixteen times the bytes: 256 times the time would be quadratic.
            #expect(sixteenfold < base * 96 + 0.05, "\(String(decoding: small.prefix(12), as: UTF8.self))")
        }
    }
}
