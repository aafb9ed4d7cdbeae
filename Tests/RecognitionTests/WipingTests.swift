import FoundationEssentials
import Glibc
import Recognition
import Testing

/// What has been read and let go leaves no copy of the password in memory.
@Suite struct WipingTests {
    /// Base64 of a letter with the unmasked password, made so that no copy of the plain text is left by the test itself.
    private static func encodedLetter(_ masked: [UInt8]) -> String {
        let before = Array("ワンタイムパスワード: ".utf8)
        let after = Array("\nログインURL: \(Mail.loginURL)\n".utf8)
        func byte(_ index: Int) -> UInt8? {
            if index < before.count { return before[index] }
            if index < before.count + masked.count { return masked[index - before.count] ^ 0x80 }
            let index = index - before.count - masked.count
            return index < after.count ? after[index] : nil
        }
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        var encoded = ""
        for start in stride(from: 0, to: before.count + masked.count + after.count, by: 3) {
            let bits = (0..<3).reduce(0) { $0 << 8 | Int(byte(start + $1) ?? 0x0A) }
            for digit in 0..<4 { encoded.append(alphabet[bits >> (18 - 6 * digit) & 63]) }
        }
        return encoded
    }

    @Test(.enabled(if: access("/proc/self/mem", R_OK) == 0, "needs /proc/self/mem"))
    func nothingIsLeftOfThePassword() throws {
        // Held masked, so that the needle itself is not found.
        let masked = (0..<24).map { _ in UInt8.random(in: 0x41...0x5A) ^ 0x80 }
        var mail = Mail()
        mail.content = ["Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64"]
        mail.body = Self.encodedLetter(masked)
        let bytes = mail.bytes
        func matches() -> Bool {
            guard
                case .accepted(let accepted) = Recognition(of: bytes, internalDate: nil, rules: RecognitionRules())
                    .verdict
            else { return false }
            return accepted.password.withBytes { $0.elementsEqual(masked.lazy.map { $0 ^ 0x80 }) }
        }
        for _ in 0..<20 { #expect(matches()) }
        let copies = try Self.copies(of: masked)
        #expect(copies == 0)
        // What is held is found: the search can fail.
        let held = Recognition(of: bytes, internalDate: nil, rules: RecognitionRules())
        let found = try withExtendedLifetime(held) { try Self.copies(of: masked) }
        #expect(found == 1)
    }

    /// A read gives no more than a page of it.
    private static func maps() throws -> String {
        let file = open("/proc/self/maps", O_RDONLY)
        defer { close(file) }
        var text: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while case let count = read(file, &chunk, chunk.count), count > 0 { text += chunk[..<count] }
        return String(decoding: text, as: UTF8.self)
    }

    /// How often the unmasked bytes stand in this process's writable memory.
    private static func copies(of masked: [UInt8]) throws -> Int {
        let memory = open("/proc/self/mem", O_RDONLY)
        defer { close(memory) }
        var found = 0
        var chunk = [UInt8](repeating: 0, count: 1 << 20)
        for line in try maps().split(separator: "\n") where line.contains(" rw") {
            let range = line.prefix { $0 != " " }.split(separator: "-").compactMap { Int($0, radix: 16) }
            guard range.count == 2 else { continue }
            var offset = range[0]
            while offset < range[1] {
                let count = pread(memory, &chunk, min(chunk.count, range[1] - offset), offset)
                guard count > 0 else { break }
                var index = 0
                while index + masked.count <= count {
                    if chunk[index] ^ 0x80 == masked[0],
                        chunk[index..<(index + masked.count)].elementsEqual(masked.lazy.map { $0 ^ 0x80 })
                    {
                        found += 1
                    }
                    index += 1
                }
                offset += count
            }
        }
        return found
    }
}
