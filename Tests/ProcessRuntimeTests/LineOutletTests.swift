import Glibc
import Testing

@testable import ProcessRuntime

/// A log into a pipe that is read, or is not.
@Suite struct LineOutletTests {
    private struct Pipe {
        let reading, writing: Int32

        init() throws {
            var ends: [Int32] = [-1, -1]
            try #require(pipe(&ends) == 0)
            (reading, writing) = (ends[0], ends[1])
        }

        func close() { for end in [reading, writing] { _ = Glibc.close(end) } }

        /// All that comes until this line.
        func lines(until last: String) -> [Substring] {
            var bytes: [UInt8] = []
            var chunk = [UInt8](repeating: 0, count: 65536)
            while !String(decoding: bytes, as: UTF8.self).hasSuffix("\(last)\n") {
                let count = read(reading, &chunk, chunk.count)
                guard count > 0 else { break }
                bytes += chunk[..<count]
            }
            return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        }
    }

    private func outlet(_ descriptor: Int32) -> LineOutlet {
        LineOutlet(descriptor) { .init(Array("\($0) lost\n".utf8)) }
    }

    @Test func whatIsReadComesWholeAndInOrder() throws {
        let pipe = try Pipe()
        defer { pipe.close() }
        let outlet = outlet(pipe.writing)
        for number in 1...500 { outlet.write(.init(Array("line \(number)\n".utf8))) }
        #expect(pipe.lines(until: "line 500") == (1...500).map { "line \($0)" })
    }

    /// The pipe holds 64 KiB, and what waits is bounded: the rest is counted, and told of where it is missing.
    @Test func whatNobodyReadsIsLostAndCounted() throws {
        let pipe = try Pipe()
        let outlet = outlet(pipe.writing)
        let line = String(repeating: "x", count: 999)
        for _ in 0..<5000 { outlet.write(.init(Array("\(line)\n".utf8))) }
        // Nobody waits for longer than that.
        outlet.flush(within: .milliseconds(10))
        var lines = 0
        var lost = 0
        var chunk = [UInt8](repeating: 0, count: 1000)
        // Where there is room in between it is told more than once.
        while lines + lost < 5000 {
            let count = read(pipe.reading, &chunk, 1)
            try #require(count == 1)
            var text = [chunk[0]]
            while text.last != 10, read(pipe.reading, &chunk, 1) == 1 { text.append(chunk[0]) }
            let words = String(decoding: text, as: UTF8.self).split(whereSeparator: \.isWhitespace)
            if words.last == "lost" { lost += Int(words[0]) ?? 0 } else { lines += 1 }
        }
        #expect(lines + lost == 5000)
        #expect(lost > 0)
        outlet.write(.init(Array("after\n".utf8)))
        #expect(pipe.lines(until: "after") == ["after"])
        pipe.close()
    }

    @Test func whereSomebodyHasMadeItNonBlockingItWaitsAllTheSame() throws {
        let pipe = try Pipe()
        defer { pipe.close() }
        _ = fcntl(pipe.writing, F_SETFL, O_NONBLOCK)
        let outlet = outlet(pipe.writing)
        let line = String(repeating: "x", count: 999)
        for _ in 0..<200 { outlet.write(.init(Array("\(line)\n".utf8))) }
        outlet.write(.init(Array("end\n".utf8)))
        #expect(pipe.lines(until: "end").count == 201)
    }

    @Test func whatIsFlushedIsWritten() throws {
        let pipe = try Pipe()
        defer { pipe.close() }
        let outlet = outlet(pipe.writing)
        outlet.write(.init(Array("line\n".utf8)))
        outlet.flush(within: .seconds(300))
        _ = fcntl(pipe.reading, F_SETFL, O_NONBLOCK)
        #expect(pipe.lines(until: "line") == ["line"])
    }
}
