import ArgumentParser
import Handoff
import Varlink

/// The names of the mailboxes that the daemon watches, for a shell that completes them.
enum MailboxNames {
    static let completion = CompletionKind.custom { words, _, _ in await names(completing: words) }

    /// Who presses the tabulator waits no longer.
    private static let limit = Duration.seconds(2)

    /// None where the daemon cannot be asked.
    private static func names(completing words: [String]) async -> [String] {
        let call = DaemonCall(path: socket(in: words), limit: limit)
        let reply = try? await call.run { client throws(HandoffClient.Failure) in try await client.status() }
        let names = (reply?["mailboxes"]?.array ?? []).compactMap { $0.object?["name"]?.string }
        return names.compactMap { word($0, for: CompletionShell.requesting) }
    }

    /// The daemon's, unless the words name another.
    private static func socket(in words: [String]) -> String {
        guard let index = words.lastIndex(of: "--socket"), index + 1 < words.count else {
            return HandoffClient.defaultPath
        }
        return words[index + 1]
    }

    /// The name as a shell takes it from a completion; nil for one that does not fit on its line, or that the terminal would obey.
    static func word(_ name: String, for shell: CompletionShell?) -> String? {
        guard name == name.harmless else { return nil }
        func escaped(_ special: Set<Unicode.Scalar>, by mark: String) -> String {
            name.unicodeScalars.map { special.contains($0) ? "\(mark)\($0)" : String($0) }.joined()
        }
        switch shell {
        // What swift-argument-parser gives to bash is expanded there, commands and all: compgen -W, bash(1).
        case .bash: return "'\(escaped(["'"], by: "'\\'"))'"
        // A colon would begin a description: _describe, zshcompsys(1).
        case .zsh: return escaped([":", "\\"], by: "\\")
        default: return name
        }
    }
}
