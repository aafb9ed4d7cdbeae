import Secrets

/// What a server itself said about a refusal, for whoever runs `check`: often only the server knows the reason.
///
/// Printable, cut, and blanked wherever it holds the user's secret in any usual disguise: servers do echo what they were sent. It is
/// only for a terminal. So it cannot be encoded, its `description` reveals nothing, and no error carries it.
public struct ServerText: Equatable, Sendable, CustomStringConvertible, CustomReflectable {
    /// The most that is shown, in characters.
    static let limit = 200
    /// What is put in the place of a secret.
    static let blank = "***"

    /// The words, for a terminal.
    public let shown: String

    /// - Parameter secrets: whatever the server was sent of the user's secrets.
    init(_ heard: HeardText, blanking secrets: [Secret]) {
        var hidden = [Bool](repeating: false, count: heard.bytes.count)
        for secret in secrets { SecretTraces(of: secret).hide(in: heard.bytes, &hidden) }
        var shown = ""
        var (count, index) = (0, 0)
        while index < hidden.count, count < Self.limit {
            let start = index
            let isHidden = hidden[index]
            while index < hidden.count, hidden[index] == isHidden { index += 1 }
            let piece = isHidden ? Self.blank : Self.printable(heard.bytes[start..<index])
            for character in piece.unicodeScalars.prefix(Self.limit - count) {
                shown.unicodeScalars.append(character)
                count += 1
            }
        }
        self.shown = shown
    }

    /// Not the text: it must not get into a log by accident.
    public var description: String { "(what the server said)" }
    /// Nothing, for the same reason.
    public var customMirror: Mirror { Mirror(self, children: [:]) }

    /// Without what would move a cursor, colour a line or turn the direction of writing.
    private static func printable(_ bytes: ArraySlice<UInt8>) -> String {
        var text = ""
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
                text += "?"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
