/// A list of flags (RFC 3501, section 9, flag-list and flag-perm).
struct FlagList: Equatable {
    /// System flags as the RFC writes them, keywords as the server does.
    var flags: Set<String> = []
    /// Something stood there that is no flag, as other clients have made servers keep: `a(b)c`, `"x y"`.
    var hasOthers = false

    /// Reads the list, or nil where it does not end. Keywords are the same in any case (RFC 5788, section 3), and some servers tell all in
    /// lower case: ours come out as they are spelled in `keywords`.
    init?(_ scanner: inout ResponseScanner, keywords: [String] = []) {
        // Some write an empty list so.
        if scanner.takeNIL() { return }
        guard scanner.take("(") else { return nil }
        while true {
            scanner.skipSpaces()
            if scanner.take(")") { return }
            let start = scanner.index
            guard Self.skipFlag(&scanner), scanner.index > start else { return nil }
            let bytes = scanner.read(since: start)
            let name = bytes.first == UInt8(ascii: "\\") ? bytes.dropFirst() : bytes
            if bytes.elementsEqual("\\*".utf8) || !name.isEmpty && name.allSatisfy(ResponseScanner.isAtomCharacter) {
                flags.insert(Self.canonical(String(decoding: bytes, as: UTF8.self), keywords))
            } else {
                hasOthers = true
            }
        }
    }

    /// To the space or parenthesis after a flag, parentheses and quotation marks within it balanced.
    private static func skipFlag(_ scanner: inout ResponseScanner) -> Bool {
        var depth = 0
        while let byte = scanner.peek {
            switch byte {
            // No flag has a space: what is open here is not balanced, and nobody knows where the list ends.
            case UInt8(ascii: " "), UInt8(ascii: "\t"): return depth == 0
            case UInt8(ascii: ")") where depth == 0: return true
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"): depth -= 1
            case UInt8(ascii: "\""):
                guard scanner.quoted() != nil else { return false }
                continue
            case 0...0x1F: return false
            default: break
            }
            scanner.advance()
        }
        return false
    }

    private static func canonical(_ flag: String, _ keywords: [String]) -> String {
        if flag.utf8.first == UInt8(ascii: "\\") { return systemFlags[flag.lowercased()] ?? flag }
        return keywords.first { $0.utf8.count == flag.utf8.count && $0.lowercased() == flag.lowercased() } ?? flag
    }

    private static let systemFlags = Dictionary(
        uniqueKeysWithValues: ["\\Seen", "\\Answered", "\\Flagged", "\\Deleted", "\\Draft", "\\Recent"].map {
            ($0.lowercased(), $0)
        })
}
