import NIOCore

@testable import Varlink

/// A stream of messages. The first byte chooses the pieces that it comes in, and the bound.
enum FuzzedFrames {
    static func check(_ input: [UInt8]) {
        guard let choice = input.first else { return }
        let maximum = 1 << Int(choice & 15)
        let whole = Cut(CollectionOfOne(ByteBuffer(bytes: input.dropFirst())), maximum)
        let inPieces = Cut(Pieces(of: input.dropFirst(), seed: choice), maximum)
        precondition(whole == inPieces, "the pieces make a difference")
        for frame in whole.frames {
            json(frame)
            call(frame)
        }
    }

    private struct Cut: Equatable {
        var frames: [[UInt8]] = []
        var error: FrameError?

        init(_ pieces: some Sequence<ByteBuffer>, _ maximum: Int) {
            var decoder = FrameDecoder(maximumLength: maximum)
            do throws(FrameError) {
                for piece in pieces {
                    decoder.append(piece)
                    while let frame = try decoder.next() { frames.append(Array(frame.readableBytesView)) }
                    precondition(decoder.count <= maximum, "more is kept than one message may have")
                }
            } catch { self.error = error }
            precondition(frames.allSatisfy { $0.count <= maximum && !$0.contains(0) }, "no frame")
        }
    }

    /// What can be read is written so that it is read as the same.
    static func json(_ bytes: [UInt8]) {
        guard let json = try? JSON(parsing: bytes) else { return }
        let written = json.bytes
        precondition(!written.contains(0), "a NUL inside of a message")
        // 9e15 is written with all its digits.
        precondition(written.count <= 6 * bytes.count + 16, "grows without bound")
        guard let again = try? JSON(parsing: written) else { preconditionFailure("cannot be read again") }
        // Equal strings may differ in their bytes.
        precondition(again == json && again.bytes == written, "read as something else")
    }

    private static func call(_ frame: [UInt8]) {
        guard let call = try? frame.withUnsafeBytes({ try CallMessage(parsing: $0) }) else { return }
        let again = try? JSON.object(call.json).bytes.withUnsafeBytes { try CallMessage(parsing: $0) }
        precondition(again == call, "a call that is read as another one")
    }
}
