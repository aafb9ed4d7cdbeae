import FoundationEssentials
import Glibc

/// One connection to a ``LaxServer``.
struct LaxSession {
    private let connection: Int32
    private let quirk: Quirk
    private let mailbox: LaxMailbox
    private var lines: RequestLines
    private var isLoggedIn = false
    /// So many messages the client knows of; nil: no mailbox is open.
    private var told: Int?
    private var isIdling = false
    /// The tag of the last IDLE, which DONE ends.
    private var idleTag = ""
    /// The items that NOTIFY asked for of new mail.
    private var pushed: String?
    private var looks = 0

    init(_ connection: Int32, _ quirk: Quirk, _ mailbox: LaxMailbox) {
        (self.connection, self.quirk, self.mailbox) = (connection, quirk, mailbox)
        lines = RequestLines(connection)
        var now: Int32 = 1
        setsockopt(connection, Int32(IPPROTO_TCP), TCP_NODELAY, &now, socklen_t(MemoryLayout<Int32>.size))
    }

    mutating func run() throws {
        guard let greeting = IMAPRequest("* GREETING") else { return }
        guard try say(Answer(request: greeting, lines: ["* OK ready"])) else { return }
        while true {
            switch try lines.next(within: 50) {
            case .end: return
            case .nothing: try push()
            case .line(let line):
                guard let request = IMAPRequest(line) else { return }
                mailbox.note(request.name)
                if quirk.takesOneByOne { lines.dropRest() }
                guard try say(answer(to: request)), request.name != "LOGOUT" else { return }
            }
        }
    }

    /// New mail, during IDLE.
    private mutating func push() throws {
        guard isIdling else { return }
        looks += 1
        if let keepalive = quirk.keepalive, looks.isMultiple(of: 2) { try send(keepalive + "\n") }
        if !quirk.isSilentInIdle, let request = IMAPRequest("* PUSH"), told != mailbox.messages.count {
            _ = try say(Answer(request: request, lines: news(pushing: pushed)))
        }
    }

    /// Word of what came since the client was told last.
    private mutating func news(pushing items: String?) -> [String] {
        let messages = mailbox.messages
        guard let before = told, before != messages.count else { return [] }
        told = messages.count
        let fetched = items.map { items in (before..<messages.count).flatMap { fetch($0, messages[$0], items) } } ?? []
        return ["* \(messages.count) EXISTS"] + fetched
    }

    private func fetch(_ index: Int, _ message: LaxMailbox.Message, _ asked: String) -> [String] {
        guard message.came.timeIntervalSinceNow <= -quirk.hiddenFromFetch else { return [] }
        var items = FetchItems(index + 1, message, asked: asked)
        quirk.fetched(&items)
        return items.responses
    }

    // MARK: Commands

    private mutating func answer(to request: IMAPRequest) throws -> Answer {
        var answer = Answer(request: request, lines: [], end: "OK done")
        if let end = quirk.refuses(request, mailbox) {
            (answer.end, answer.hangsUp) = end.isEmpty ? (nil, true) : (end, false)
            return answer
        }
        switch request.name {
        case "CAPABILITY":
            let capabilities = isLoggedIn ? quirk.capabilities : quirk.firstCapabilities ?? quirk.capabilities
            answer.lines = ["* CAPABILITY \(capabilities)"]
        case "ID": answer.lines = ["* ID (\"name\" \"lax\")"]
        case "AUTHENTICATE":
            if quirk.ignoresInitialResponse || !request.arguments.contains(" ") {
                try send("+ \n")
                _ = try lines.next()
            }
            isLoggedIn = true
        case "LOGIN": isLoggedIn = true
        case "NOTIFY":
            guard quirk.capabilities.contains("NOTIFY") else { return refused(answer) }
            pushed = request.arguments
        case "SELECT", "EXAMINE": open(&answer)
        case "STATUS":
            let values = [
                "MESSAGES": UInt64(mailbox.messages.count), "UIDNEXT": UInt64(mailbox.nextUID), "UIDVALIDITY": 1,
                "RECENT": 0, "UNSEEN": 0, "HIGHESTMODSEQ": mailbox.highestModSeq,
            ]
            let items = request.arguments.split { " ()".contains($0) }.dropFirst().compactMap { item in
                values[item.uppercased()].map { "\(item) \($0)" }
            }
            answer.lines = ["* STATUS \"INBOX\" (\(items.joined(separator: " ")))"]
        case "LIST": answer.lines = ["* LIST () \"/\" \"INBOX\""]
        case "SEARCH": answer.lines = ["* SEARCH" + found(request.arguments).map { " \($0)" }.joined()]
        case "FETCH":
            let halves = request.arguments.split(separator: " ", maxSplits: 1)
            let set = SequenceSet(halves.first ?? "", last: mailbox.messages.last?.uid ?? 0)
            answer.lines = mailbox.messages.enumerated().filter { set.contains($0.element.uid) }
                .flatMap { fetch($0.offset, $0.element, String(halves.last ?? "")) }
        case "STORE": store(&answer)
        case "COPY", "MOVE": copy(&answer)
        case "EXPUNGE": expunge(&answer)
        case "IDLE":
            (isIdling, idleTag) = (true, request.tag)
            (answer.lines, answer.end) = (["+ idling"], nil)
        case "DONE": isIdling = false
        case "LOGOUT": answer.lines = ["* BYE x"]
        case "NOOP": break
        default: answer = refused(answer)
        }
        if !["IDLE", "DONE", "LOGOUT"].contains(request.name) || !quirk.isSilentInIdle {
            answer.lines += news(pushing: pushed)
        }
        return answer
    }

    private func refused(_ answer: Answer) -> Answer { Answer(request: answer.request, lines: [], end: "BAD unknown") }

    private mutating func open(_ answer: inout Answer) {
        told = mailbox.messages.count
        answer.lines = [
            "* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)", "* \(mailbox.messages.count) EXISTS",
            "* 0 RECENT",
            "* OK [PERMANENTFLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft \\*)] x", "* OK [UIDVALIDITY 1] x",
            "* OK [UIDNEXT \(mailbox.nextUID)] x",
        ]
        if quirk.capabilities.contains("CONDSTORE") {
            answer.lines.append("* OK [HIGHESTMODSEQ \(mailbox.highestModSeq)] x")
        }
        answer.end = "OK [READ-WRITE] done"
    }

    private func found(_ criteria: String) -> [UInt32] {
        let messages = mailbox.messages
        let words = criteria.split(separator: " ")
        let isByUID = words.first == "UID"
        let set = isByUID ? words.dropFirst().first : words.first.flatMap { $0.first?.isNumber == true ? $0 : nil }
        let last = isByUID ? messages.last?.uid ?? 0 : UInt32(messages.count)
        let among = set.map { SequenceSet($0, last: last) }
        let sender = criteria.split(separator: "\"").dropFirst().first ?? ""
        return messages.enumerated().filter { index, message in
            among?.contains(isByUID ? message.uid : UInt32(index + 1)) ?? true
                && message.came.timeIntervalSinceNow <= -quirk.hiddenFromSearch
                && String(decoding: message.bytes, as: UTF8.self).contains(sender)
        }.map(\.element.uid)
    }

    /// `7 (UNCHANGEDSINCE 9) +FLAGS.SILENT ($X)`
    private func store(_ answer: inout Answer) {
        let words = answer.request.arguments.split { " ()".contains($0) }.map(String.init)
        guard let uid = words.first.flatMap({ UInt32($0) }),
            let verb = words.firstIndex(where: { $0.contains("FLAGS") })
        else { return answer = refused(answer) }
        let condition = words[1] == "UNCHANGEDSINCE" ? UInt64(words[2]) : nil
        let flags = Set(words[(verb + 1)...])
        let numbersChanges = quirk.capabilities.contains("CONDSTORE")
        let changed = mailbox.change(uid, ifUnchangedSince: condition) {
            if words[verb].hasPrefix("-") { $0.subtract(flags) } else { $0.formUnion(flags) }
        }
        guard let changed, let index = mailbox.messages.firstIndex(where: { $0.uid == uid }) else {
            if condition != nil, mailbox.messages.contains(where: { $0.uid == uid }) {
                answer.end = "OK [MODIFIED \(uid)] x"
            }
            return
        }
        let isSilent = words[verb].uppercased().hasSuffix(".SILENT")
        answer.lines = fetch(index, changed, (isSilent ? "" : "FLAGS ") + (numbersChanges ? "MODSEQ" : ""))
    }

    /// `7 "Folder"`
    private mutating func copy(_ answer: inout Answer) {
        let isMove = answer.request.name == "MOVE"
        let words = answer.request.arguments.split(separator: " ", maxSplits: 1)
        guard words.count == 2, !isMove || quirk.capabilities.contains("MOVE") else { return answer = refused(answer) }
        let set = SequenceSet(words[0], last: mailbox.messages.last?.uid ?? 0)
        guard mailbox.copy({ set.contains($0.uid) }, to: String(words[1].filter { $0 != "\"" })) else {
            return answer.end = "NO [TRYCREATE] no such folder"
        }
        if isMove { remove(&answer) { set.contains($0.uid) } }
    }

    /// Of what is flagged for it; `7` with UID before it: those alone.
    private mutating func expunge(_ answer: inout Answer) {
        let uids = answer.request.arguments
        guard uids.isEmpty || quirk.capabilities.contains("UIDPLUS") else { return answer = refused(answer) }
        let set = SequenceSet(uids.isEmpty ? "1:*" : uids, last: mailbox.messages.last?.uid ?? 0)
        remove(&answer) { set.contains($0.uid) && $0.flags.contains("\\Deleted") }
    }

    private mutating func remove(_ answer: inout Answer, _ isMeant: (LaxMailbox.Message) -> Bool) {
        answer.lines = news(pushing: pushed)
        let numbers = mailbox.remove(isMeant)
        told = told.map { $0 - numbers.count }
        answer.lines += numbers.map { "* \($0) EXPUNGE" }
    }

    // MARK: Sending

    /// False: the session is over.
    private mutating func say(_ sane: Answer) throws -> Bool {
        var answer = sane
        quirk.answered(&answer, mailbox)
        for line in answer.lines {
            try send(line + "\n")
            usleep(quirk.pause * 1000)
        }
        let tag = answer.request.name == "DONE" ? idleTag : answer.request.tag
        if let end = answer.end { try send("\(tag) \(end)\n") }
        // Refused, or ended as soon as it has begun.
        if answer.request.name == "IDLE", answer.end != nil { isIdling = false }
        return !answer.hangsUp
    }

    private func send(_ text: String) throws {
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            if scalar == "\n", bytes.last != 13 { bytes.append(13) }
            bytes.append(UInt8(truncatingIfNeeded: scalar.value))
        }
        guard let segment = quirk.segment else { return try Sockets.send(bytes, to: connection) }
        for start in stride(from: 0, to: bytes.count, by: segment) {
            try Sockets.send(bytes[start..<min(start + segment, bytes.count)], to: connection)
        }
    }
}
