import CLibEtPan
import CLinux
import Glibc
import Secrets

/// What libetpan reads and writes: the seam at which every response is framed and vetted before libetpan sees it.
///
/// libetpan gets one whole vetted response at a time and never a byte more, so it has nothing buffered when a command is
/// done, and what comes between commands is read here, without it. Errors stay here too: libetpan knows only "failed".
final class ResponseStream {
    let connection: Connection
    /// When the command under way must be done.
    var deadline: Deadline
    /// The command under way, for errors.
    var command = "the greeting"
    /// Bytes that the command under way may still bring, whatever they are.
    var budget = ResponseStream.defaultBudget
    /// Why reading or writing failed.
    private(set) var failure: IMAPError?
    /// Told of each response before libetpan reads it.
    var observe: (VettedResponse) -> Void = { _ in }

    private var framer = ResponseFramer()
    private var vetting = ResponseVetting()
    /// The vetted response that libetpan is reading, and how far it is.
    private var current: [UInt8] = []
    private var position = 0
    private let receiveBuffer: UnsafeMutableRawBufferPointer

    static let defaultBudget = 1024 * 1024

    init(_ connection: Connection, until deadline: Deadline) {
        self.connection = connection
        self.deadline = deadline
        receiveBuffer = .allocate(byteCount: 8192, alignment: 16)
    }

    deinit { receiveBuffer.deallocate() }

    /// Whether something has come that was not looked at: poll(2) would not tell. The beginning of a response does not count:
    /// whoever waits for its end must wait in poll(2).
    var hasBufferedBytes: Bool { framer.mayHaveNext || connection.hasBufferedBytes }

    /// Sets the bounds for one command: its deadline, the UIDs that it asks for, and how much its literals may hold.
    func begin(_ command: String, until deadline: Deadline, uids: ClosedRange<UInt32>? = nil, literal: Int = 64 * 1024)
    {
        self.command = command
        self.deadline = deadline
        vetting.askedUIDs = uids ?? 1...UInt32.max
        framer.limits.literal = literal
        framer.limits.response = literal + 256 * 1024
        budget = max(Self.defaultBudget, literal * 2)
    }

    /// Lets libetpan read bytes that were vetted already.
    func replay(_ bytes: [UInt8]) {
        current = bytes
        position = 0
    }

    /// Goes over to TLS in place. Whatever came between the answer and the handshake was not from who we think
    /// (CVE-2011-0411).
    func startTLS() throws(IMAPError) {
        guard framer.isEmpty, !connection.hasBufferedBytes else { throw .breach(.dataBeforeTLS) }
        try connection.startTLS(until: deadline)
    }

    /// The next response, waiting for it. Dropped ones are returned too, with no bytes.
    func next() throws(IMAPError) -> VettedResponse {
        while true {
            if let response = try buffered() { return response }
            let count = try connection.receive(into: receiveBuffer, until: deadline, doing: command)
            try take(count)
        }
    }

    /// The next response if all of it is here already.
    func nextNow() throws(IMAPError) -> VettedResponse? {
        while true {
            if let response = try buffered() { return response }
            switch connection.receiveNow(into: receiveBuffer) {
            case .done(let count): try take(count)
            case .wantsRead, .wantsWrite: return nil
            case .closed, .failed: throw .closed(command: command, code: nil)
            }
        }
    }

    /// Writes at once, past libetpan.
    func send(_ bytes: [UInt8]) throws(IMAPError) {
        var failure: IMAPError?
        bytes.withUnsafeBytes {
            do throws(IMAPError) { try connection.send($0, until: deadline, doing: command) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    private func take(_ count: Int) throws(IMAPError) {
        guard count <= budget else { throw .breach(.budgetExceeded(limit: Self.defaultBudget)) }
        budget -= count
        framer.receive(UnsafeRawBufferPointer(rebasing: receiveBuffer[..<count]))
        linux_wipe(receiveBuffer.baseAddress, count)
    }

    private func buffered() throws(IMAPError) -> VettedResponse? {
        do {
            guard let response = try framer.next() else { return nil }
            let vetted = try vetting.vet(response)
            // Of a FETCH the parser sees a copy.
            if case .fetch = vetted.kind { response.wipeForAll() }
            observe(vetted)
            return vetted
        } catch { throw .breach(error) }
    }

    // MARK: What libetpan calls

    fileprivate func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard failure == nil, buffer.count > 0 else { return -1 }
        do throws(IMAPError) {
            while position == current.count {
                let response = try next()
                // Nothing that counts comes after it; and libetpan leaks memory for a greeting that is one.
                if case .status(.bye) = response.kind { throw .closed(command: command, code: response.code) }
                current = response.bytes
                position = 0
            }
        } catch {
            failure = error
            return -1
        }
        let count = min(buffer.count, current.count - position)
        current.withUnsafeBytes {
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[position..<position + count]))
        }
        position += count
        if position == current.count {
            current.wipe()
            position = 0
        }
        return count
    }

    fileprivate func write(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard failure == nil else { return -1 }
        do { try connection.send(bytes, until: deadline, doing: command) } catch {
            failure = error
            return -1
        }
        return bytes.count
    }
}

extension ResponseStream {
    /// The driver that libetpan calls. One for all streams, written once.
    nonisolated(unsafe) private static let driver: UnsafeMutablePointer<mailstream_low_driver> = {
        // Sendable: filled here and never written again.
        let driver = UnsafeMutablePointer<mailstream_low_driver>.allocate(capacity: 1)
        driver.initialize(to: mailstream_low_driver())
        driver.pointee.mailstream_read = { low, buffer, count in
            // Never 0: libetpan would loop in a literal for ever.
            ResponseStream.of(low)?.read(into: UnsafeMutableRawBufferPointer(start: buffer, count: count)) ?? -1
        }
        driver.pointee.mailstream_write = { low, buffer, count in
            ResponseStream.of(low)?.write(UnsafeRawBufferPointer(start: buffer, count: count)) ?? -1
        }
        driver.pointee.mailstream_close = { _ in 0 }
        driver.pointee.mailstream_get_fd = { low in ResponseStream.of(low)?.connection.descriptor ?? -1 }
        driver.pointee.mailstream_free = { low in
            guard let low else { return }
            if let data = low.pointee.data { Unmanaged<ResponseStream>.fromOpaque(data).release() }
            free(low)
        }
        return driver
    }()

    private static func of(_ low: UnsafeMutablePointer<mailstream_low>?) -> ResponseStream? {
        low?.pointee.data.map { Unmanaged<ResponseStream>.fromOpaque($0).takeUnretainedValue() }
    }

    /// A stream for libetpan, which keeps this object alive until it frees the stream. Nil when memory is out.
    func makeMailstream() -> UnsafeMutablePointer<mailstream>? {
        let data = Unmanaged.passRetained(self)
        guard let low = mailstream_low_new(data.toOpaque(), Self.driver) else {
            data.release()
            return nil
        }
        guard let stream = mailstream_new(low, 4096) else {
            mailstream_low_free(low)
            return nil
        }
        return stream
    }
}
