import CLibEtPan
import CLinux
import Glibc

/// One IMAP session over libetpan: from the greeting to the end. Lives on one thread, blocks it, and is thrown away after
/// any error but a plain refusal.
///
/// libetpan owns the parsing and its memory. Commands whose form or whose answer it gets wrong are written here and parsed
/// by it: see the files of this folder, one a command.
final class Session {
    let imap: UnsafeMutablePointer<mailimap>
    let stream: ResponseStream
    /// What untagged responses have told since it was last asked.
    let folder = FolderState()
    private(set) var capabilities: Set<String> = []
    /// The folder numbers the changes of flags (set by ``open(_:readOnly:)``).
    var usesModSeq = false
    /// What the FETCH responses of the last command told.
    private(set) var fetched: [FetchedMessage] = []
    /// Messages, or flags of messages, that came without being waited for.
    var pushed: [FetchedMessage] = []
    /// How much of a new message the server may push at any time; 0 where it pushes none.
    var pushBound = 0
    /// The server was asked for its name.
    var hasAskedName = false
    /// What is under way without being waited for.
    var flight = Flight()

    /// Time that a server gets for one command, and for everything up to its greeting.
    static let commandTimeout: Duration = .seconds(30)

    /// Connects, protects and reads the greeting; after it the capabilities are known.
    convenience init(to endpoint: Endpoint, stop: EventDescriptor) throws(IMAPError) {
        let deadline = Deadline.after(Self.commandTimeout)
        try self.init(over: Connection(to: endpoint, stop: stop, until: deadline), until: deadline)
    }

    /// The same over a connection that stands.
    init(over connection: Connection, until deadline: Deadline) throws(IMAPError) {
        stream = ResponseStream(connection, until: deadline)
        guard let imap = mailimap_new(0, nil) else { throw .outOfStep(command: "start", code: -1) }
        self.imap = imap
        stream.observe = { [folder] in folder.observe($0) }
        guard let mailstream = stream.makeMailstream() else { throw .outOfStep(command: "start", code: -1) }
        let result = Int(mailimap_connect(imap, mailstream))
        switch result {
        case MAILIMAP_NO_ERROR_NON_AUTHENTICATED: break
        case MAILIMAP_NO_ERROR_AUTHENTICATED:
            // A PREAUTH in the clear would keep us from ever asking for TLS (RFC 9051, section 11.1).
            if connection.endpoint.protection == .starttls { throw .startTLS(reason: "the server greets with PREAUTH") }
        default: throw failure(result)
        }
        try askCapabilities()
        if connection.endpoint.protection == .starttls { try startTLS() }
    }

    deinit {
        // Not mailimap_free alone: it would send LOGOUT and wait for the answer.
        if let mailstream = imap.pointee.imap_stream {
            mailstream_close(mailstream)
            imap.pointee.imap_stream = nil
        }
        mailimap_free(imap)
    }

    func offers(_ capability: String) -> Bool { capabilities.contains(capability) }

    /// CAPABILITY (RFC 3501, section 6.1.1): again after STARTTLS and after the login.
    ///
    /// Not libetpan's call, which crashes where the server says OK and nothing else.
    func askCapabilities() throws(IMAPError) {
        // What was told before does not count: not in a greeting, and not in the clear.
        if let info = imap.pointee.imap_connection_info {
            if let earlier = info.pointee.imap_capability { mailimap_capability_data_free(earlier) }
            info.pointee.imap_capability = nil
        }
        try runOrThrow("CAPABILITY", "CAPABILITY")
        guard let data = imap.pointee.imap_connection_info?.pointee.imap_capability else {
            throw .breach(.badSyntax(in: "CAPABILITY"))
        }
        capabilities = []
        for capability in CList(data.pointee.cap_list, of: mailimap_capability.self) {
            let type = Int(capability.pointee.cap_type)
            guard let name = capability.pointee.cap_data.cap_name else { continue }
            let text = String(cString: name).uppercased()
            capabilities.insert(type == MAILIMAP_CAPABILITY_AUTH_TYPE ? "AUTH=" + text : text)
        }
    }

    /// STARTTLS (RFC 3501, section 6.2.1).
    private func startTLS() throws(IMAPError) {
        guard offers("STARTTLS") else { throw .startTLS(reason: "the server does not offer it") }
        stream.begin("STARTTLS", until: .after(Self.commandTimeout))
        guard Int(mailimap_starttls(imap)) == MAILIMAP_NO_ERROR else {
            throw stream.failure ?? .startTLS(reason: "the server refused it")
        }
        try stream.startTLS()
        // What was said in the clear does not count.
        try askCapabilities()
    }

    /// LOGOUT (RFC 3501, section 6.1.3), for a server's bookkeeping. Waits for no more than a moment.
    func logOut() {
        stream.begin("LOGOUT", until: .after(.milliseconds(500)))
        if flight.isIdling { _ = mailstream_write(imap.pointee.imap_stream, "DONE\r\n", 6) }
        _ = mailimap_logout(imap)
    }

    // MARK: Commands written here and parsed by libetpan

    struct Completion: Equatable {
        let condition: VettedResponse.Condition
        let code: String?
    }

    /// Sends a command and has libetpan parse the answer: what FETCH responses told stands in ``fetched``, the rest in
    /// `imap_response_info` until the next command. An IDLE under way is ended in the same flight. `text` holds no secret and
    /// nothing that was not vetted.
    @discardableResult
    func run(
        _ name: String, _ text: String, uids: ClosedRange<UInt32>? = nil, literal: Int = 64 * 1024, responses: Int = 1
    ) throws(IMAPError) -> Completion {
        try land()
        stream.begin(
            name, until: .after(Self.commandTimeout), uids: pushBound > 0 ? nil : uids, literal: max(literal, pushBound)
        )
        stream.budget += literal * max(responses - 1, 0) + pushBound * 64
        fetched = []
        defer { if let uids { sortOutPushed(uids) } }
        if let idleTag = flight.idleTag {
            try write("DONE\r\n")
            flight = Flight()
            try sendCommand(text)
            let tag = imap.pointee.imap_tag
            // libetpan checks each answer against the tag it believes to have sent last.
            imap.pointee.imap_tag = idleTag
            _ = try completion()
            imap.pointee.imap_tag = tag
        } else {
            try sendCommand(text)
        }
        return try completion()
    }

    /// Keeps what was asked for in ``fetched``: the rest was pushed meanwhile.
    private func sortOutPushed(_ asked: ClosedRange<UInt32>) {
        pushed += fetched.filter { !asked.contains($0.flags.uid) }
        fetched.removeAll { !asked.contains($0.flags.uid) }
    }

    private func sendCommand(_ text: String) throws(IMAPError) {
        let result = Int(mailimap_send_current_tag(imap))
        guard result == MAILIMAP_NO_ERROR else { throw failure(result) }
        try write(text + "\r\n")
        guard mailstream_flush(imap.pointee.imap_stream) == 0 else { throw failure(MAILIMAP_ERROR_STREAM) }
    }

    /// Reads up to the tagged response of the tag that libetpan has now.
    private func completion() throws(IMAPError) -> Completion {
        folder.tagged = nil
        guard mailimap_read_line(imap) != nil else { throw failure(MAILIMAP_ERROR_STREAM) }
        var response: UnsafeMutablePointer<mailimap_response>?
        let result = Int(mailimap_parse_response(imap, &response))
        let list = imap.pointee.imap_response_info?.pointee.rsp_fetch_list
        fetched += CList(list, of: mailimap_msg_att.self).compactMap(FetchedMessage.init)
        wipeReadBuffers()
        if let response { mailimap_response_free(response) }
        if let (tag, _) = folder.tagged, tag != imap.pointee.imap_tag { throw .breach(.unexpectedTag) }
        guard let (_, completion) = folder.tagged,
            result == MAILIMAP_NO_ERROR || completion.condition == .bad
        else { throw failure(result) }
        return completion
    }

    /// The same, where anything but OK is an error.
    @discardableResult
    func runOrThrow(
        _ name: String, _ text: String, uids: ClosedRange<UInt32>? = nil, literal: Int = 64 * 1024, responses: Int = 1
    ) throws(IMAPError) -> Completion {
        let completion = try run(name, text, uids: uids, literal: literal, responses: responses)
        guard completion.condition == .ok else { throw .refused(command: name, code: completion.code) }
        return completion
    }

    private func write(_ text: String) throws(IMAPError) {
        var text = text
        let written = text.withUTF8 { mailstream_write(imap.pointee.imap_stream, $0.baseAddress, $0.count) }
        guard written >= 0 else { throw failure(MAILIMAP_ERROR_STREAM) }
    }

    /// What lies behind a result of libetpan's.
    func failure(_ result: Int) -> IMAPError {
        if let byeCode = folder.byeCode { return .closed(command: stream.command, code: byeCode) }
        if let failure = stream.failure { return failure }
        if let (tag, completion) = folder.tagged, tag >= imap.pointee.imap_tag {
            // A refusal leaves the session as it was: it must be an answer to what was asked.
            guard tag == imap.pointee.imap_tag else { return .breach(.unexpectedTag) }
            guard completion.condition != .ok else { return .outOfStep(command: stream.command, code: result) }
            return .refused(command: stream.command, code: completion.code)
        }
        return .outOfStep(command: stream.command, code: result)
    }

    /// Wipes what libetpan's buffers may still hold of a message. Only between commands, when it has read all of it.
    func wipeReadBuffers() {
        if let mailstream = imap.pointee.imap_stream, mailstream.pointee.read_buffer_len == 0 {
            linux_wipe(mailstream.pointee.read_buffer, mailstream.pointee.buffer_max_size)
        }
        if let line = imap.pointee.imap_stream_buffer { linux_wipe(line.pointee.str, line.pointee.allocated_len) }
    }

    /// Wipes what libetpan's buffer may still hold of a credential.
    func wipeWriteBuffer() {
        guard let mailstream = imap.pointee.imap_stream else { return }
        linux_wipe(mailstream.pointee.write_buffer, mailstream.pointee.buffer_max_size)
    }
}
