/// What a library says, by a template with its arguments' numbers in braces: `Unknown option '{1}'`.
struct LibraryWords {
    /// What stands between the arguments.
    private let pieces: [Substring]
    private let translation: String

    init(_ template: String, _ translation: String) {
        var pieces: [Substring] = []
        var rest = template[...]
        var number = 1
        while let range = rest.firstRange(of: "{\(number)}") {
            pieces.append(rest[..<range.lowerBound])
            rest = rest[range.upperBound...]
            number += 1
        }
        self.pieces = pieces + [rest]
        self.translation = translation
    }

    /// The arguments, where the words are of this template; each ends where what stands behind it is found first.
    func arguments(in words: String) -> [Substring]? {
        guard let first = pieces.first, let last = pieces.last, pieces.count > 1, words.hasPrefix(first) else {
            return nil
        }
        var rest = words.dropFirst(first.count)
        var arguments: [Substring] = []
        for piece in pieces.dropFirst().dropLast() {
            guard let range = rest.firstRange(of: piece) else { return nil }
            arguments.append(rest[..<range.lowerBound])
            rest = rest[range.upperBound...]
        }
        guard rest.hasSuffix(last) else { return nil }
        return arguments + [rest.dropLast(last.count)]
    }

    /// The translation of the words as they are known, or of the first template that they are of; its arguments may be such words again.
    static func translated(_ words: String, by templates: [LibraryWords], _ known: [String: String]) -> String? {
        if let exact = known[words] { return exact }
        for template in templates {
            guard let arguments = template.arguments(in: words) else { continue }
            return Text.filled(
                template.translation, with: arguments.map { translated(String($0), by: templates, known) ?? String($0) }
            )
        }
        return nil
    }
}
