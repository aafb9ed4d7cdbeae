import Glibc

enum Iconv {
    /// The text in that charset; what the charset lacks is left out.
    static func encode(_ text: String, _ charset: String) -> [UInt8] {
        guard charset != "UTF-8" else { return Array(text.utf8) }
        guard let converter = iconv_open("\(charset)//IGNORE", "UTF-8"), converter != iconv_t(bitPattern: -1) else {
            return []
        }
        defer { iconv_close(converter) }
        var input = Array(text.utf8).map(CChar.init(bitPattern:))
        var output = [CChar](repeating: 0, count: input.count * 4 + 16)
        let room = output.count
        let left = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                var (from, fromLeft) = (input.baseAddress, input.count)
                var (to, toLeft) = (output.baseAddress, output.count)
                _ = iconv(converter, &from, &fromLeft, &to, &toLeft)
                _ = iconv(converter, nil, nil, &to, &toLeft)
                return toLeft
            }
        }
        return output[..<(room - left)].map(UInt8.init(bitPattern:))
    }
}
