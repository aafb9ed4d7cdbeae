import FoundationEssentials
import Glibc

/// What a FETCH tells of one message, item by item as a server writes them; nil for what it does not tell.
struct FetchItems: Sendable {
    /// How the message stands there. Quoted only what has no line end.
    enum Form: Sendable { case literal, nonSynchronising, literal8, leadingZeros, quoted, `nil` }
    /// Which items stand together in one response.
    enum Split: Sendable { case together, flagsFirst, flagsLast, bodyApart, bodyWithoutUID }

    let number: Int
    let message: LaxMailbox.Message
    var uid: String?
    var flags: [String]?
    var date: String?
    var size: String?
    var modSeq: String?
    var section = "BODY[]<0>"
    var form = Form.literal
    var body: [UInt8]?
    /// Items that nobody asked for.
    var others: [String] = []
    var split = Split.together

    /// - Parameter asked: the items of the command.
    init(_ number: Int, _ message: LaxMailbox.Message, asked: String) {
        (self.number, self.message) = (number, message)
        uid = "\(message.uid)"
        if asked.contains("FLAGS") { flags = message.flags.sorted() }
        if asked.contains("INTERNALDATE") { tellDate("\"%d-%b-%Y %H:%M:%S +0000\"") }
        if asked.contains("RFC822.SIZE") { size = "\(message.bytes.count)" }
        if asked.contains("MODSEQ") { modSeq = "(\(message.modSeq))" }
        if let bound = asked.firstRange(of: "<0.")?.upperBound {
            body = Array(message.bytes.prefix(Int(asked[bound...].prefix { $0.isNumber }) ?? 0))
        }
    }

    /// - Parameters:
    ///   - format: as strftime(3) has it.
    ///   - offset: of its zone, in seconds.
    mutating func tellDate(_ format: String, offset: Double = 0) {
        var seconds = time_t(message.came.timeIntervalSince1970 + offset)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        var buffer = [CChar](repeating: 0, count: 64)
        strftime(&buffer, buffer.count, format, &parts)
        date = String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// The responses, without their ends. Each scalar of the text is one byte.
    var responses: [String] {
        let uid = uid.map { "UID \($0)" }
        let flags = flags.map { "FLAGS (\($0.joined(separator: " ")))" }
        let rest =
            [date.map { "INTERNALDATE \($0)" }, size.map { "RFC822.SIZE \($0)" }, modSeq.map { "MODSEQ \($0)" }]
            + others.map { $0 }
        let body = body.map { "\(section) \(Self.written($0, form))" }
        let responses: [[String?]] =
            switch split {
            case .together: [[uid, flags] + rest + [body]]
            case .flagsFirst: [[uid, flags, modSeq.map { "MODSEQ \($0)" }], [uid] + rest + [body]]
            case .flagsLast: [[uid] + rest + [body], [uid, flags, modSeq.map { "MODSEQ \($0)" }]]
            case .bodyApart: body == nil ? [[uid, flags] + rest] : [[uid, flags] + rest, [uid, body]]
            case .bodyWithoutUID: body == nil ? [[uid, flags] + rest] : [[uid, flags] + rest, [body]]
            }
        return responses.map { "* \(number) FETCH (\($0.compactMap { $0 }.joined(separator: " ")))" }
    }

    private static func written(_ body: [UInt8], _ form: Form) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: body.map { Unicode.Scalar($0) })
        let bytes = String(text)
        return switch form {
        case .literal: "{\(body.count)}\n\(bytes)"
        case .nonSynchronising: "{\(body.count)+}\n\(bytes)"
        case .literal8: "~{\(body.count)}\n\(bytes)"
        case .leadingZeros: "{00\(body.count)}\n\(bytes)"
        case .nil: "NIL"
        case .quoted:
            body.contains(10)
                ? "{\(body.count)}\n\(bytes)"
                : "\"\(bytes.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
        }
    }
}
