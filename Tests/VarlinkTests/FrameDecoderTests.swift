import NIOCore
import Testing
import Trials

@testable import Varlink

extension FrameDecoder {
    fileprivate mutating func all(_ bytes: [UInt8]) throws -> [String] {
        append(ByteBuffer(bytes: bytes))
        var messages: [String] = []
        while let message = try next() { messages.append(String(buffer: message)) }
        return messages
    }
}

@Suite struct FrameDecoderTests {
    @Test(arguments: chosen(1...12))
    func anySplit(size: Int) throws {
        let bytes = Array("one\0\0three\0four".utf8)
        var decoder = FrameDecoder(maximumLength: 5)
        var messages: [String] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            messages += try decoder.all(Array(bytes[start..<min(start + size, bytes.count)]))
        }
        #expect(messages == ["one", "", "three"])
        #expect(decoder.count == 4)
        #expect(try decoder.all([0]) == ["four"])
        #expect(decoder.count == 0)
    }

    @Test func theBound() throws {
        var decoder = FrameDecoder(maximumLength: 4)
        #expect(try decoder.all(Array("abcd\0abcd".utf8)) == ["abcd"])
        #expect(try decoder.all([0]) == ["abcd"])
        #expect(throws: FrameError.messageTooLong(maximum: 4)) { try decoder.all(Array("abcde".utf8)) }
        var another = FrameDecoder(maximumLength: 4)
        #expect(throws: FrameError.messageTooLong(maximum: 4)) { try another.all(Array("abcde\0".utf8)) }
    }

    @Test func aMessageByteByByteIsSearchedOnce() throws {
        // Eight times as long: work that grew with the square would be 64 times as much.
        let growth = try ProcessorTime.growth(from: 1 << 13, to: 1 << 16) { length in
            var decoder = FrameDecoder(maximumLength: 1 << 20)
            for _ in 0..<length { _ = try decoder.all([97]) }
            #expect(try decoder.all([0]).first?.count == length)
        }
        #expect(growth < 24)
    }
}
