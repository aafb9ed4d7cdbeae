import Secrets

/// How bytes become text.
public enum Charset: Equatable, Sendable {
    case utf8
    case iso2022JP
    case shiftJIS
    case eucJP
    case utf16
    /// ASCII, no label, or one that promises nothing: the bytes must tell.
    case unknown
    /// Any other, by a name that iconv(3) may know.
    case named(String)

    /// A label as mail writes it, mapped as the web maps it (WHATWG Encoding, 4.2) and as Japanese mailers call things.
    public init(label: some Collection<UInt8>) {
        guard label.count <= 40 else {
            self = .unknown
            return
        }
        let name = String(decoding: label.map(\.lowercased), as: UTF8.self)
        switch name {
        case "utf-8", "utf8", "unicode-1-1-utf-8", "x-unicode20utf8", "unicode11utf8", "utf-8n": self = .utf8
        case "iso-2022-jp", "csiso2022jp", "iso-2022-jp-1", "iso-2022-jp-2", "iso-2022-jp-3", "iso-2022-jp-2004",
            "iso-2022-jp-ms", "iso2022jp", "iso2022-jp", "iso_2022-jp", "cp50220", "cp50221", "cp50222", "jis", "jis7",
            "jis8", "x-iso-2022-jp", "iso-2022-jp-ext", "csiso2022jp2":
            self = .iso2022JP
        case "shift_jis", "shift-jis", "shiftjis", "sjis", "x-sjis", "csshiftjis", "ms_kanji", "ms932", "windows-31j",
            "cswindows31j", "cp932", "x-ms-cp932", "windows-932", "shift_jis-2004", "shift_jisx0213", "sjis-win",
            "mskanji":
            self = .shiftJIS
        case "euc-jp", "euc_jp", "eucjp", "x-euc-jp", "x-euc", "cseucpkdfmtjapanese", "eucjp-ms", "euc-jp-ms",
            "eucjp-win", "cp51932", "ujis", "euc-jis-2004", "extended_unix_code_packed_format_for_japanese":
            self = .eucJP
        case "utf-16", "utf-16le", "utf-16be", "utf16", "unicode", "ucs-2", "iso-10646-ucs-2", "csunicode",
            "unicodefeff", "unicodefffe":
            self = .utf16
        case "", "us-ascii", "ascii", "ansi_x3.4-1968", "x-unknown", "unknown-8bit", "unknown", "_autodetect",
            "x-user-defined",
            "binary", "default", "none":
            self = .unknown
        // The web reads these as what they nearly are.
        case "iso-8859-1", "latin1", "iso8859-1", "l1", "cp1252", "x-cp1252", "windows-1252": self = .named("CP1252")
        case "gb2312", "gb_2312-80", "x-gbk", "gbk", "euc-cn", "cp936": self = .named("GB18030")
        case "ks_c_5601-1987", "euc-kr", "korean", "ksc5601": self = .named("CP949")
        case "big5", "x-x-big5", "cn-big5": self = .named("BIG5-HKSCS")
        default:
            // iconv_open(3) reads "//" as an option, and files by name: only the plain names of others pass.
            let isPlain = name.utf8.allSatisfy {
                $0.isASCIILetter || $0.isASCIIDigit || "-_.:+()".utf8.contains($0)
            }
            let families = [
                "iso-8859", "iso8859", "windows-", "cp", "koi8", "gb", "big5", "euc-", "tis", "mac", "iso-ir",
            ]
            self = isPlain && families.contains(where: name.hasPrefix) ? .named(name) : .unknown
        }
    }

    /// To UTF-8, without a byte order mark, whatever the bytes are: what they show wins over what the label says.
    /// - Parameter limit: how many bytes of text the caller will take; more may come, but never without bound.
    public static func decode(_ bytes: Bytes, label: (some Collection<UInt8>)?, limit: Int = 1 << 20) -> [UInt8] {
        let labelled = label.map { Charset(label: $0) } ?? .unknown
        let found = CharsetDetection.charset(of: bytes, labelled: labelled)
        guard found.isMixed else { return found.charset.decode(bytes, limit: limit) }
        // One of another writing has been refuted: a line of ASCII is ASCII.
        let hint: Charset = if case .named = labelled { .unknown } else { labelled }
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count &* 3)
        var lines = Lines(bytes)
        while let line = lines.next() {
            var decoded = CharsetDetection.charset(of: line, labelled: hint).charset.decode(line, limit: limit)
            text += decoded
            decoded.wipe()
            if lines.hadBreak { text.append(.lineFeed) }
        }
        return text
    }

    private func decode(_ bytes: Bytes, limit: Int) -> [UInt8] {
        switch self {
        case .utf8: return (bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes).repairedUTF8()
        case .iso2022JP: return ISO2022JP.decode(bytes)
        case .shiftJIS: return ShiftJIS.decode(bytes)
        case .eucJP: return EUCJP.decode(bytes)
        case .utf16: return UTF16Text.decode(bytes)
        case .unknown: return Array(bytes)
        case .named(let name):
            return Iconv.decode(bytes, charset: name, limit: limit) ?? bytes.repairedUTF8()
        }
    }
}
