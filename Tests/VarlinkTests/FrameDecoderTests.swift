import NIOCore
import Testing

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
    @Test(arguments: 1...12)
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
        var decoder = FrameDecoder(maximumLength: 1 << 20)
        let clock = ContinuousClock()
        // Quadratic work would take minutes.
        let time = try clock.measure {
            for _ in 0..<(1 << 16) { _ = try decoder.all([97]) }
        }
        #expect(time < .seconds(30))
        #expect(try decoder.all([0]).first?.count == 1 << 16)
    }
}
