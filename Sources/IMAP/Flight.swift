import CLibEtPan
import Secrets

/// Commands whose answers nobody stands waiting for: they are taken in as they come, beside what the server sends on its own.
///
/// A flight may end in IDLE (RFC 2177). So a NOOP can be made in the midst of an IDLE, all in one write (DONE, NOOP, IDLE),
/// and the server is never out of IDLE for longer than it takes to answer: what comes meanwhile is pushed without delay.
struct Flight: Equatable {
    /// Answers that are still to come, in this order.
    var tags: [Int32] = []
    /// The tag of the IDLE that is under way or on its way.
    var idleTag: Int32?
    /// The server has confirmed the IDLE: only now it may be ended.
    var isIdling = false
    var deadline = Deadline.now

    /// Some answer is still to come.
    var isUnderWay: Bool { !tags.isEmpty || idleTag != nil && !isIdling }
}

extension Session {
    /// Bytes that a server may send in one flight: more than a day's mail in one IDLE, and no endless flood.
    private static var budget: Int { 64 * 1024 * 1024 }

    /// Sends commands, and IDLE behind them. An IDLE under way is ended first. Returns at once.
    ///
    /// What FETCH responses tell goes to ``pushed``, with bodies of at most `literal` bytes.
    func send(_ commands: [String], thenIdle: Bool, literal: Int) throws(IMAPError) {
        try land()
        stream.begin(thenIdle ? "IDLE" : "NOOP", until: .after(Self.commandTimeout), literal: literal)
        stream.budget = Self.budget
        var text = ""
        if let idleTag = flight.idleTag {
            text = "DONE\r\n"
            flight.tags.append(idleTag)
        }
        for command in commands {
            text += "\(nextTag()) \(command)\r\n"
            flight.tags.append(imap.pointee.imap_tag)
        }
        flight.idleTag = nil
        flight.isIdling = false
        if thenIdle {
            text += "\(nextTag()) IDLE\r\n"
            flight.idleTag = imap.pointee.imap_tag
        }
        flight.deadline = stream.deadline
        try stream.send(Array(text.utf8))
    }

    private func nextTag() -> Int32 {
        imap.pointee.imap_tag += 1
        return imap.pointee.imap_tag
    }

    /// Takes in what has come, without waiting.
    func listen() throws(IMAPError) {
        while let response = try stream.nextNow() { try take(response) }
        if flight.isUnderWay, flight.deadline.hasPassed { throw .timeout(command: stream.command) }
    }

    /// Waits until every answer has come.
    func land() throws(IMAPError) {
        while flight.isUnderWay {
            stream.deadline = flight.deadline
            try take(try stream.next())
        }
    }

    private func take(_ response: VettedResponse) throws(IMAPError) {
        switch response.kind {
        case .tagged(let tag, let condition):
            if flight.tags.first == tag {
                flight.tags.removeFirst()
                guard condition == .ok else { throw .refused(command: stream.command, code: response.code) }
            } else if flight.tags.isEmpty, flight.idleTag == tag {
                // The server ends the IDLE by itself, as it may.
                guard condition == .ok else { throw .refused(command: "IDLE", code: response.code) }
                flight.idleTag = nil
            } else {
                throw .breach(.unexpectedTag)
            }
        case .continuation:
            guard flight.idleTag != nil, !flight.isIdling, flight.tags.isEmpty else { throw .breach(.notAResponse) }
            flight.isIdling = true
        case .fetch where !response.bytes.isEmpty: pushed += try parse(response)
        case .status(.bye): throw .closed(command: stream.command, code: folder.byeCode)
        case .greeting: throw .breach(.notAResponse)
        default: break
        }
    }

    /// Has libetpan parse one response that belongs to no command: it gets a tagged line of our own behind it.
    private func parse(_ response: VettedResponse) throws(IMAPError) -> [FetchedMessage] {
        defer { response.bytes.wipeForAll() }
        stream.replay(response.bytes + Array("\(imap.pointee.imap_tag) OK -\r\n".utf8))
        guard mailimap_read_line(imap) != nil else { throw failure(MAILIMAP_ERROR_STREAM) }
        var parsed: UnsafeMutablePointer<mailimap_response>?
        let result = Int(mailimap_parse_response(imap, &parsed))
        if let parsed { mailimap_response_free(parsed) }
        guard result == MAILIMAP_NO_ERROR else { throw .outOfStep(command: "a pushed FETCH", code: result) }
        let list = imap.pointee.imap_response_info?.pointee.rsp_fetch_list
        defer { wipeReadBuffers() }
        return CList(list, of: mailimap_msg_att.self).compactMap(FetchedMessage.init)
    }

    /// NOTIFY (RFC 5465): has the server push new mail itself, not only word of it. False where it will not.
    ///
    /// It has no filter, so every mail of the folder comes: `bound` is how much of each.
    func notify(bound: Int) throws(IMAPError) -> Bool {
        guard offers("NOTIFY"), offers("IDLE") else { return false }
        let items = fetchItems(bound: bound)
        let completion = try run(
            "NOTIFY", "NOTIFY SET (SELECTED (MessageNew \(items) MessageExpunge FlagChange))")
        guard completion.condition == .ok else { return false }
        pushBound = bound
        return true
    }
}
