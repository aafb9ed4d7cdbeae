import CLibEtPan
import CLinux
import Glibc

/// libetpan's session, on which ours is based: it accepts the greeting, numbers the commands, writes them, logs in and out.
///
/// This and ``LibEtPanStream`` are the only files that know the library. It opens no connection, does no TLS, and reads nothing that a server wrote: the
/// stream below it consists of two closures, and what it reads are ``Response/canonical`` responses. So errors stay on this
/// side too: libetpan knows only "failed", and whoever called it knows why.
final class LibEtPan {
    private let imap: UnsafeMutablePointer<mailimap>

    /// Nil when memory is out.
    init?() {
        guard let imap = mailimap_new(0, nil) else { return nil }
        self.imap = imap
    }

    deinit {
        // Not mailimap_free alone: it would send LOGOUT and wait for the answer.
        if let stream = imap.pointee.imap_stream {
            mailstream_close(stream)
            imap.pointee.imap_stream = nil
        }
        mailimap_free(imap)
    }

    enum Outcome: Equatable {
        case done
        /// The greeting was PREAUTH.
        case preauthenticated
        case refused
        /// Nothing was sent: this machine lacks the mechanism. Or reading or writing failed.
        case failed(code: Int)
    }

    /// Takes the greeting.
    ///
    /// - Parameters:
    ///   - read: the next canonical response; nil where there is none, from then on.
    ///   - write: sends all of it; false where that failed, from then on.
    func connect(
        read: @escaping () -> [UInt8]?, write: @escaping (UnsafeRawBufferPointer) -> Bool
    ) -> Outcome {
        guard let stream = LibEtPanStream(read: read, write: write).makeStream() else {
            return .failed(code: MAILIMAP_ERROR_MEMORY)
        }
        let result = Int(mailimap_connect(imap, stream))
        switch result {
        case MAILIMAP_NO_ERROR_NON_AUTHENTICATED: return .done
        case MAILIMAP_NO_ERROR_AUTHENTICATED: return .preauthenticated
        default: return .failed(code: result)
        }
    }

    /// STARTTLS (RFC 3501, section 6.2.1), up to the server's answer.
    func startTLS() -> Outcome { outcome(mailimap_starttls(imap)) }

    /// LOGIN (RFC 3501, section 6.2.3). The password ends in NUL and has neither CR nor LF, which libetpan would pass through.
    func login(_ user: String, _ password: UnsafeRawBufferPointer) -> Outcome {
        outcome(mailimap_login(imap, user, password.baseAddress?.assumingMemoryBound(to: CChar.self)))
    }

    /// AUTHENTICATE with a mechanism of Cyrus SASL's.
    func authenticate(_ mechanism: String, host: String, _ user: String, _ password: UnsafeRawBufferPointer) -> Outcome
    {
        outcome(
            mailimap_authenticate(
                imap, mechanism, host, nil, nil, user, user, password.baseAddress?.assumingMemoryBound(to: CChar.self),
                nil
            ))
    }

    /// LOGOUT (RFC 3501, section 6.1.3).
    func logout() { _ = mailimap_logout(imap) }

    var isAuthenticated: Bool { Int(imap.pointee.imap_state) == MAILIMAP_STATE_AUTHENTICATED }
    func becomeAuthenticated() { imap.pointee.imap_state = Int32(MAILIMAP_STATE_AUTHENTICATED) }

    // MARK: Commands written by others

    /// The tag of the newest command.
    var tag: Int32 { imap.pointee.imap_tag }

    /// The tag of the next command. libetpan counts them.
    func nextTag() -> Int32 {
        imap.pointee.imap_tag &+= 1
        return imap.pointee.imap_tag
    }

    /// Writes and flushes; false where that failed.
    func write(_ text: String) -> Bool {
        var text = text
        let written = text.withUTF8 { mailstream_write(imap.pointee.imap_stream, $0.baseAddress, $0.count) }
        return written >= 0 && mailstream_flush(imap.pointee.imap_stream) == 0
    }

    /// Reads responses up to the tagged one of the newest command.
    func readResponse() -> Outcome {
        guard mailimap_read_line(imap) != nil else { return .failed(code: MAILIMAP_ERROR_STREAM) }
        var response: UnsafeMutablePointer<mailimap_response>?
        let result = mailimap_parse_response(imap, &response)
        if let response { mailimap_response_free(response) }
        return outcome(result)
    }

    private func outcome(_ result: Int32) -> Outcome {
        switch Int(result) {
        case MAILIMAP_NO_ERROR: .done
        case MAILIMAP_ERROR_LOGIN: .refused
        default: .failed(code: Int(result))
        }
    }

    /// Wipes what its write buffer may still hold of a credential.
    func wipeWriteBuffer() {
        guard let stream = imap.pointee.imap_stream else { return }
        linux_wipe(stream.pointee.write_buffer, stream.pointee.buffer_max_size)
    }
}
