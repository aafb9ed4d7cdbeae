/// An addr-spec (RFC 5322, 3.4.1), quotes and comments taken off.
public struct Address: Equatable, Sendable {
    /// Before the @.
    public let localPart: [UInt8]
    /// After it: a name, or a domain literal.
    public let domain: [UInt8]

    /// `local@domain`, as bytes.
    public var bytes: [UInt8] { localPart + [UInt8(ascii: "@")] + domain }

    /// Whether both name one mailbox: ASCII case does not count.
    public func isSame(as other: Address) -> Bool {
        localPart.equalsIgnoringCase(other.localPart) && domain.equalsIgnoringCase(other.domain)
    }
}

/// The addresses of a From or To field (RFC 5322, 3.4 and 4.4): display names, comments, groups and routes are read
/// over, and count for nothing.
public struct AddressList: Sendable {
    /// In the field's order; those of groups too.
    public private(set) var addresses: [Address] = []
    /// False where any of it breaks the grammar: then no address of it should be believed.
    public private(set) var isValid = true

    /// The only address of a field that is valid from end to end, else nil.
    public var only: Address? { isValid && addresses.count == 1 ? addresses[0] : nil }

    /// - Parameter value: the field's value, folds and all. Raw JIS in it must have been decoded: its bytes look like
    ///   quotes, parentheses and commas.
    public init(_ value: Bytes) {
        var lexer = Lexer(value, specials: .address)
        var pending = AddrSpecReader()
        var angle: Address?
        var isInGroup = false

        func finish() {
            if let angle {
                addresses.append(angle)
            } else if let address = pending.address {
                addresses.append(address)
            } else if !pending.isEmpty {
                isValid = false
            }
            pending = AddrSpecReader()
            angle = nil
        }

        while let token = lexer.next() {
            switch token {
            case .malformed:
                isValid = false
                finish()
                return
            case .special(UInt8(ascii: "<")):
                guard angle == nil, let address = Self.angleAddress(&lexer) else {
                    isValid = false
                    return
                }
                // `a@b <c@d>` without quotes names two addresses, unless both are the same.
                if pending.sawAt, pending.address.map(address.isSame) != true { isValid = false }
                angle = address
            case .special(UInt8(ascii: ",")):
                finish()
            case .special(UInt8(ascii: ":")):
                if isInGroup || angle != nil || pending.sawAt || pending.isEmpty { isValid = false }
                isInGroup = true
                pending = AddrSpecReader()
            case .special(UInt8(ascii: ";")):
                if !isInGroup { isValid = false }
                isInGroup = false
                finish()
            default:
                // After `<...>` only a comment may follow.
                if angle != nil { isValid = false }
                pending.read(token)
            }
        }
        if isInGroup { isValid = false }
        finish()
    }

    /// After `<`: an optional route (RFC 5322, 4.4), an addr-spec, `>`.
    private static func angleAddress(_ lexer: inout Lexer) -> Address? {
        var reader = AddrSpecReader()
        var isRoute = false
        while let token = lexer.next() {
            switch token {
            case .malformed: return nil
            case .special(UInt8(ascii: ">")): return isRoute ? nil : reader.address
            case .special(UInt8(ascii: "@")) where reader.isEmpty && !isRoute: isRoute = true
            case .special(UInt8(ascii: ":")) where isRoute: isRoute = false
            case .special(UInt8(ascii: "@")) where isRoute, .special(UInt8(ascii: ",")) where isRoute,
                .special(UInt8(ascii: ".")) where isRoute, .atom where isRoute, .literal where isRoute:
                break
            default:
                if isRoute { return nil }
                reader.read(token)
            }
        }
        return nil
    }
}

/// word *("." word) "@" (atom *("." atom) | literal), token by token.
private struct AddrSpecReader {
    private enum State { case empty, local, localDot, at, domain, domainDot, literal, invalid }
    private var state = State.empty
    private var localPart: [UInt8] = []
    private var domain: [UInt8] = []
    private(set) var sawAt = false

    var isEmpty: Bool { state == .empty }

    var address: Address? {
        state == .domain || state == .literal ? Address(localPart: localPart, domain: domain) : nil
    }

    mutating func read(_ token: Lexer.Token) {
        if token == .special(UInt8(ascii: "@")) { sawAt = true }
        switch (state, token) {
        case (.empty, .atom(let word)), (.localDot, .atom(let word)):
            localPart += word
            state = .local
        case (.empty, .quoted(let word)), (.localDot, .quoted(let word)):
            localPart += word
            state = .local
        case (.local, .special(UInt8(ascii: "."))):
            localPart.append(UInt8(ascii: "."))
            state = .localDot
        case (.local, .special(UInt8(ascii: "@"))):
            state = .at
        case (.at, .atom(let word)), (.domainDot, .atom(let word)):
            domain += word
            state = .domain
        case (.domain, .special(UInt8(ascii: "."))):
            domain.append(UInt8(ascii: "."))
            state = .domainDot
        case (.at, .literal(let literal)):
            domain += literal
            state = .literal
        default:
            state = .invalid
        }
    }
}
