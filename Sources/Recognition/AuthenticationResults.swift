import MIME

/// One Authentication-Results field (RFC 8601, 2.2).
struct AuthenticationResults {
    let authservID: [UInt8]
    private var results: [Result] = []

    private struct Result {
        let method: [UInt8]
        let hasPassed: Bool
        /// The domains of the properties that name whom it passed for.
        var domains: [[UInt8]] = []
    }

    /// Nil where the field has no readable authserv-id. A result that breaks the grammar counts for nothing; nothing
    /// counts where the field breaks it after the id, nor do the fields below it then: they may be anybody's.
    init?(_ value: Bytes) {
        var lexer = Lexer(value, specials: .authenticationResults)
        switch lexer.next() {
        case .atom(let id): authservID = Array(id)
        case .quoted(let id): authservID = id
        default: return nil
        }
        let sections = Self.sections(&lexer)
        // After the id, a version at most. Some servers write no id at all: then this is a result.
        guard let first = sections?.first, Self.isVersion(first) else { return }
        results = (sections ?? []).dropFirst().compactMap(Self.result)
    }

    /// A field that names nobody, as Exchange Online writes it: results from the start, in older ones the recipient's domain
    /// between them. Nil where it begins with anything else, such as an authserv-id.
    init?(namingNobody value: Bytes) {
        var lexer = Lexer(value, specials: .authenticationResults)
        authservID = []
        guard let sections = Self.sections(&lexer), let first = sections.first.flatMap(Self.result),
            Self.firstOfExchange.contains(where: { first.method.elementsEqual($0.utf8) })
        else { return nil }
        results = sections.compactMap(Self.result)
    }

    /// What Exchange Online has been seen to begin with.
    private static let firstOfExchange = ["spf", "dkim", "dmarc", "compauth"]

    /// What is between the semicolons. Nil where a quote or comment is open: what it swallowed might have been anything.
    private static func sections(_ lexer: inout Lexer) -> [[Lexer.Token]]? {
        var sections: [[Lexer.Token]] = [[]]
        while let token = lexer.next() {
            if token == .malformed { return nil }
            if token == .special(UInt8(ascii: ";")) {
                sections.append([])
            } else {
                append(token, to: &sections[sections.count - 1])
            }
        }
        return sections
    }

    /// Whether any of the methods has passed for this domain.
    ///
    /// DMARC judges a mail once, by the domain of its From: a second verdict was slipped in, or a second From. Of the others, one
    /// that names the domain or one below it will do, if it names no other besides it: a signature of another domain (`header.d`)
    /// may name any agent (`header.i`). That is stricter than an organisational domain: a parent does not count, since without a
    /// list of public suffixes `co.jp` would be one.
    func hasPassed(_ methods: [AuthenticationMethod], for domain: [UInt8]) -> Bool {
        methods.contains { method in
            let told = results.filter { $0.method.elementsEqual(method.rawValue.utf8) }
            guard method != .dmarc || told.count == 1 else { return false }
            return told.contains { result in
                result.hasPassed && !result.domains.isEmpty
                    && result.domains.allSatisfy { passed in
                        passed.equalsIgnoringCase(domain) || method != .dmarc && Self.isBelow(passed, domain)
                    }
            }
        }
    }

    private static func isBelow(_ passed: [UInt8], _ domain: [UInt8]) -> Bool {
        !domain.isEmpty && passed.suffix(domain.count + 1).equalsIgnoringCase([UInt8(ascii: ".")] + domain)
    }

    private static func isVersion(_ section: [Lexer.Token]) -> Bool {
        guard let first = section.first else { return true }
        guard case .atom(let version) = first, section.count == 1 else { return false }
        return version.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    }

    /// Comments and white space may appear around the slash of a version and the dot of a property.
    private static func append(_ token: Lexer.Token, to section: inout [Lexer.Token]) {
        guard case .atom(let right) = token, case .atom(let left)? = section.last,
            left.last == UInt8(ascii: ".") || right.first == UInt8(ascii: ".")
                || section.count == 1 && (left.last == UInt8(ascii: "/") || right.first == UInt8(ascii: "/"))
        else {
            section.append(token)
            return
        }
        section[section.count - 1] = .atom(left + right)
    }

    /// method ["/" version] "=" result *(property "=" value)
    private static func result(_ section: [Lexer.Token]) -> Result? {
        var rest = section[...]
        guard let (method, verdict) = pair(&rest) else { return nil }
        var result = Result(
            method: method.prefix { $0 != UInt8(ascii: "/") }.map(\.lowercased),
            hasPassed: verdict.equalsIgnoringCase("pass"))
        while !rest.isEmpty {
            guard let (name, text) = pair(&rest) else { return nil }
            guard domainProperty(result.method, name) else { continue }
            var value = text[...]
            if value.first == UInt8(ascii: "<"), value.last == UInt8(ascii: ">") {
                value = value.dropFirst().dropLast()
            }
            result.domains.append(
                Array(value.suffix(from: value.lastIndex(of: UInt8(ascii: "@")).map { $0 + 1 } ?? value.startIndex)))
        }
        return result
    }

    /// A name and its value. An address is a value too, and its local part a quoted string, or an atom, which may hold `=`
    /// as the return paths of BATV do: `prvs=tag=name@domain`.
    private static func pair(_ rest: inout ArraySlice<Lexer.Token>) -> (Bytes, [UInt8])? {
        let equals = Lexer.Token.special(UInt8(ascii: "="))
        guard case .atom(let name)? = rest.popFirst(), rest.popFirst() == equals else { return nil }
        switch rest.popFirst() {
        // A property without a value, as Exchange Online writes it of a mail with no return path: `smtp.mailfrom=;`.
        case nil: return (name, [])
        case .quoted(var value):
            if case .atom(let domain)? = rest.first, domain.first == UInt8(ascii: "@") {
                rest.removeFirst()
                value += domain
            }
            return (name, value)
        case .atom(let start):
            var value = Array(start)
            while rest.first == equals {
                rest.removeFirst()
                guard !value.contains(UInt8(ascii: "@")), case .atom(let more)? = rest.popFirst() else { return nil }
                value += [UInt8(ascii: "=")] + more
                guard rest.first == equals || value.contains(UInt8(ascii: "@")) else { return nil }
            }
            return (name, value)
        default: return nil
        }
    }

    /// Whether the property says whom the method passed for.
    private static func domainProperty(_ method: [UInt8], _ name: Bytes) -> Bool {
        if method.elementsEqual("dmarc".utf8) { return name.equalsIgnoringCase("header.from") }
        if method.elementsEqual("dkim".utf8) {
            return name.equalsIgnoringCase("header.d") || name.equalsIgnoringCase("header.i")
        }
        return name.equalsIgnoringCase("smtp.mailfrom") || name.equalsIgnoringCase("smtp.mail")
    }
}
