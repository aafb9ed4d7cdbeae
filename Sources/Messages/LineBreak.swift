/// Where a line of Japanese may end: between any two characters but those that JIS X 4051 keeps together.
enum LineBreak {
    /// What stands at no line's beginning: closing brackets, points, small letters, marks of repetition and length.
    private static let closing = Set("、。，．・：；？！）」』】〉》〕］｝ーァィゥェォッャュョヮヵヶぁぃぅぇぉっゃゅょゎ々〻゛゜…‥～,.:;?!)]}%")
    /// What stands at no line's end.
    private static let opening = Set("（「『【〈《〔［｛([{$\\")

    /// A word without spaces, in the parts that stay whole.
    static func parts(of word: Substring) -> [Substring] {
        var parts: [Substring] = []
        var start = word.startIndex
        var last: Character?
        for index in word.indices {
            let next = word[index]
            if let last, isWide(last) || isWide(next), !opening.contains(last), !closing.contains(next) {
                parts.append(word[start..<index])
                start = index
            }
            last = next
        }
        return parts + [word[start...]]
    }

    private static func isWide(_ character: Character) -> Bool {
        character.unicodeScalars.first.map { DisplayWidth.of($0) == 2 } ?? false
    }
}
