import NIOCore

/// The input as it may come in from a socket: in pieces of 1 to 32768 bytes, the sizes chosen by a seed.
struct Pieces: Sequence, IteratorProtocol {
    private var rest: ArraySlice<UInt8>
    private var state: UInt8

    init(of bytes: ArraySlice<UInt8>, seed: UInt8) {
        (rest, state) = (bytes, seed)
    }

    mutating func next() -> ByteBuffer? {
        guard !rest.isEmpty else { return nil }
        state = state &* 5 &+ 1
        let piece = rest.prefix(1 << Int(state >> 4))
        rest = rest.dropFirst(piece.count)
        return ByteBuffer(bytes: piece)
    }
}
