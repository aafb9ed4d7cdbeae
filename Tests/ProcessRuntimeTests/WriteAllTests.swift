import Glibc
import ProcessRuntime
import Testing

@Suite struct WriteAllTests {
    @Test func allOfItOrFalse() async throws {
        var pipe: [Int32] = [-1, -1]
        #expect(Glibc.pipe(&pipe) == 0)
        let (reader, writer) = (pipe[0], pipe[1])
        signal(SIGPIPE, SIG_IGN)
        // More than a pipe holds.
        let bytes = [UInt8](repeating: 7, count: 1 << 20)
        // On a thread of its own: tests have no more threads than the machine has processors, and each of them may be writing.
        let (counts, counted) = AsyncStream<Int>.makeStream()
        let isReading = OwnThread.start("reader") {
            var (count, chunk) = (0, [UInt8](repeating: 0, count: 4096))
            while count < 1 << 20, case let got = read(reader, &chunk, chunk.count), got > 0 { count += got }
            close(reader)
            counted.yield(count)
            counted.finish()
        }
        try #require(isReading)
        #expect(writeAll(bytes, to: writer))
        #expect(await counts.first { _ in true } == bytes.count)
        #expect(!writeAll(bytes, to: writer))
        close(writer)
        #expect(writeAll([], to: -1))
    }
}
