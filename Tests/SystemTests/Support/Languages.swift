import Testing

/// One run of a program for a Japanese and one for everybody else: the same exit status, and each line that says something in the language of
/// whoever reads it.
struct Languages {
    let japanese, english: Client.Result

    /// - Parameter arguments: of each run, which may need a daemon or a file of its own.
    init(_ program: String, _ arguments: [String], input: [UInt8]? = nil) async throws {
        func said(_ locale: String) async throws -> Client.Result {
            try await Client.result(
                of: Subprocess(
                    Place.program(program), arguments, environment: ["LC_ALL": locale, "COLUMNS": "80"], input: input))
        }
        (japanese, english) = (try await said("ja_JP.UTF-8"), try await said("C.UTF-8"))
    }

    /// - Parameters:
    ///   - words: stand in the Japanese.
    ///   - data: lines with one of these are the same in both.
    func expect(
        _ exit: Int32, _ words: String..., data: [String] = [], at place: SourceLocation = #_sourceLocation
    ) throws {
        #expect(japanese.exit == .status(exit) && english.exit == .status(exit), "\(self)", sourceLocation: place)
        for word in words {
            #expect(japanese.description.contains(word), "\(word) is not in \(japanese)", sourceLocation: place)
        }
        for line in Self.lines(japanese) where !data.contains(where: line.contains) {
            #expect(Self.isJapanese(line), "not in Japanese: \(line)", sourceLocation: place)
        }
        for line in Self.lines(english) where !data.contains(where: line.contains) {
            #expect(!Self.isJapanese(line), "in Japanese: \(line)", sourceLocation: place)
        }
        let leaked = try Stage.require().secrets(in: "\(japanese)\(english)")
        #expect(leaked.isEmpty, "secrets in the output", sourceLocation: place)
    }

    private static func lines(_ result: Client.Result) -> [Substring] {
        (result.output + result.errors).split(separator: "\n").filter { $0.contains { $0.isLetter } }
    }

    /// It has a letter of Japanese, and no run of English prose beside it.
    static func isJapanese(_ line: Substring) -> Bool {
        line.unicodeScalars.contains { 0x3041...0x30FA ~= $0.value || 0x4E00...0x9FFF ~= $0.value }
    }
}
