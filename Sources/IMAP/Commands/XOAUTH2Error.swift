/// What a server says to a token that it refuses, in the continuation before the NO: base64 of JSON, such as
/// `{"status":"401","schemes":"bearer","scope":"https://mail.google.com/"}`. No RFC has it; Google's description of XOAUTH2 does.
enum XOAUTH2Error {
    /// The status in it: digits, or a word such as `invalid_token`. Nil where it has none.
    static func status(_ challenge: String) -> String? {
        guard challenge.utf8.count <= 4096, let json = Base64.decode(Array(challenge.utf8)) else { return nil }
        let key = Array("\"status\"".utf8)
        guard json.count >= key.count,
            let start = (0...json.count - key.count).first(where: { json[$0..<$0 + key.count].elementsEqual(key) })
        else { return nil }
        let value = json[(start + key.count)...].drop { [0x20, 0x09, 0x0A, 0x0D, 0x3A, 0x22].contains($0) }
            .prefix { ResponseScanner.isDigit($0) || 0x61...0x7A ~= $0 | 0x20 || $0 == 0x5F }
        return value.isEmpty ? nil : String(decoding: value.prefix(40), as: UTF8.self)
    }
}
