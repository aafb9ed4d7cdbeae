import CLinux
import Secrets

/// A connection's bytes as responses: framed in bounded memory, read, and counted against what was asked for.
final class ResponseStream {
    let connection: Connection
    /// Told of what was left out of a response.
    var leftOut: (LeftOut) -> Void = { _ in }

    /// Told of what the server says of a refusal, word for word; nil: nobody wants to know, and it is not kept.
    var heard: ((HeardText) -> Void)? { didSet { reader.keepsText = heard != nil } }

    private var framer = ResponseFramer()
    private var reader: ResponseReader
    private var bounds = Bounds()
    /// Bytes that may still come within the bounds.
    private var budget: Int
    private let receiveBuffer: UnsafeMutableRawBufferPointer

    /// How much a server may send.
    struct Bounds: Equatable, Sendable {
        /// The largest literal: messages are the only ones that anybody asks for.
        var literal = 64 * 1024
        /// All of it, whatever it is.
        var total = 1024 * 1024
    }

    /// - Parameter keywords: those of our own, see ``ResponseReader``.
    init(_ connection: Connection, keywords: [String] = []) {
        reader = ResponseReader(keywords: keywords)
        self.connection = connection
        budget = bounds.total
        receiveBuffer = .allocate(byteCount: 8192, alignment: 16)
    }

    deinit {
        framer.wipe()
        linux_wipe(receiveBuffer.baseAddress, receiveBuffer.count)
        receiveBuffer.deallocate()
    }

    /// Sets the bounds for what comes from here on.
    func expect(_ bounds: Bounds) {
        self.bounds = bounds
        framer.limits.literal = bounds.literal
        framer.limits.response = bounds.literal + 256 * 1024
        budget = bounds.total
    }

    /// Messages were read and handed on, and nobody holds them any more: so many bytes may come in their place. A server may push any
    /// number of them.
    func renew(_ count: Int) { budget = min(budget + count, bounds.total) }

    /// Whether something has come that was not looked at: poll(2) would not tell. The beginning of a response does not count:
    /// whoever waits for its end must wait in poll(2).
    var hasBufferedBytes: Bool { framer.mayHaveNext || connection.hasBufferedBytes }

    /// Goes over to TLS in place. Whatever came between the answer and the handshake was not from who we think
    /// (CVE-2011-0411).
    func startTLS(until deadline: Deadline) throws(IMAPError) {
        guard framer.isEmpty, !connection.hasBufferedBytes else { throw .breach(.dataBeforeTLS) }
        try connection.startTLS(until: deadline)
    }

    /// The next response, waiting for it.
    func next(until deadline: Deadline, during phase: Phase) throws(IMAPError) -> Response {
        while true {
            if let response = try buffered() { return response }
            let count = try connection.receive(into: receiveBuffer, until: deadline, during: phase)
            try take(count)
        }
    }

    /// The next response if all of it is here already.
    func nextNow(during phase: Phase) throws(IMAPError) -> Response? {
        while true {
            if let response = try buffered() { return response }
            switch connection.receiveNow(into: receiveBuffer) {
            case .done(let count): try take(count)
            case .wantsRead, .wantsWrite: return nil
            case .closed, .failed: throw .closed(during: phase, code: nil)
            }
        }
    }

    private func take(_ count: Int) throws(IMAPError) {
        guard count <= budget else { throw .breach(.tooMuch(limit: bounds.total)) }
        budget -= count
        framer.receive(UnsafeRawBufferPointer(rebasing: receiveBuffer[..<count]))
        linux_wipe(receiveBuffer.baseAddress, count)
    }

    private func buffered() throws(IMAPError) -> Response? {
        do {
            guard let bytes = try framer.next() else { return nil }
            let response = try reader.read(bytes)
            // What was read of it is a copy.
            bytes.wipeForAll()
            for part in reader.leftOut { leftOut(part) }
            if let text = reader.heard { heard?(text) }
            return response
        } catch { throw .breach(error) }
    }
}
