import Messages
import TOML

/// A character in a value that does not belong there, as a person can find it: what it is, where, and what to do about it.
package enum StrayCharacter {
    private static let lengthShown = 40

    /// The first that is wrong; nil where none is.
    ///
    /// - Parameter isShown: the text before it may be repeated.
    package static func first(
        in text: String, isShown: Bool = true, where isWrong: (Unicode.Scalar) -> Bool
    ) -> Text? {
        let scalars = Array(text.unicodeScalars)
        return scalars.firstIndex(where: isWrong).map { told(scalars, $0, isShown) }
    }

    /// White space or an invisible character at the beginning or at the end.
    package static func outside(_ text: String, isShown: Bool = true) -> Text? {
        let scalars = Array(text.unicodeScalars)
        guard let first = scalars.first, let last = scalars.last else { return nil }
        if first.isBlank { return told(scalars, 0, isShown) }
        guard last.isBlank, let end = scalars.lastIndex(where: { !$0.isBlank }) else { return nil }
        return told(scalars, end + 1, isShown)
    }

    /// Full-width letters at the beginning or at the end, or anywhere in a text that has only ASCII beside them.
    package static func fullWidth(_ text: String, isShown: Bool = true) -> Text? {
        let scalars = Array(text.unicodeScalars)
        let isOfASCII = scalars.allSatisfy(\.halfWidth.isASCII)
        let index = scalars.indices.first { index in
            scalars[index].halfWidth != scalars[index]
                && (isOfASCII || index == 0 || index == scalars.count - 1)
        }
        return index.map { told(scalars, $0, isShown) }
    }

    private static func told(_ scalars: [Unicode.Scalar], _ index: Int, _ isShown: Bool) -> Text {
        let (scalar, place) = (scalars[index], place(scalars, index, isShown))
        if scalar.halfWidth != scalar {
            return Text("contains the full-width \(scalar) \(place): write the ASCII \(scalar.halfWidth)")
        }
        if scalar.isBlank || scalar.isControl { return Text("contains \(scalar.named) \(place): delete it") }
        return Text("contains \(scalar.named) \(place)")
    }

    private static func place(_ scalars: [Unicode.Scalar], _ index: Int, _ isShown: Bool) -> Text {
        if index == 0 { return Text("at the beginning") }
        if isShown {
            var before = String.UnicodeScalarView()
            before.append(contentsOf: scalars[..<index].suffix(lengthShown))
            return Text("after \"\(ConfigurationTable.shown(String(before)))\"")
        }
        if scalars[index...].allSatisfy(\.isBlank) { return Text("at the end") }
        return Text("as character \(index + 1)")
    }
}
