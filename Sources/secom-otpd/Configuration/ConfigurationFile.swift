import Settings
import Synchronization

/// The configuration's file, for who reads it again and again: as long as its text is the same, it is not parsed anew. A reload comes with
/// each credential that is renewed, and the TOML library gives back little of the memory that it takes.
final class ConfigurationFile: Sendable {
    private let path: String
    private let last = Mutex<(text: String, configuration: Configuration)?>(nil)

    init(_ path: String) { self.path = path }

    func read() throws(ConfigurationError) -> Configuration {
        let text = try ConfigurationReader.contents(of: path)
        // Bytes, not canonical equivalence.
        if let known = last.withLock({ $0 }), known.text.utf8.elementsEqual(text.utf8) { return known.configuration }
        let configuration = try ConfigurationReader.parse(text, file: path)
        last.withLock { $0 = (text, configuration) }
        return configuration
    }
}
