import Glibc

/// A language in which the programs speak to people. English is the source; the log, JSON and whatever else programs read is English alone.
public enum Language: Sendable {
    case english, japanese

    /// That of whoever runs this program: LC_ALL, LC_MESSAGES and LANG, the first that is set (POSIX, "Environment Variables", 8.2).
    public static let current = Language { name in getenv(name).map { String(cString: $0) } }

    /// Japanese where the locale is, and its codeset UTF-8 or not named: a terminal of another codeset would show none of it.
    public init(_ environment: (String) -> String?) {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap(environment).first { !$0.isEmpty } ?? ""
        // language[_territory][.codeset][@modifier]
        let name = locale.prefix { $0 != "@" }
        let language = name.prefix { $0 != "_" && $0 != "." }
        let codeset = name.drop { $0 != "." }.dropFirst().lowercased().filter { $0 != "-" }
        self = language == "ja" && (codeset.isEmpty || codeset == "utf8") ? .japanese : .english
    }

    /// Its code (ISO 639), by which a program asks another one for it.
    public var code: String {
        switch self {
        case .english: "en"
        case .japanese: "ja"
        }
    }

    /// Of the code that another program asks by: English for any that is not known.
    public init(code: String?) { self = code == Self.japanese.code ? .japanese : .english }

    /// What a phrase of the source is in this language; nil where it is as it stands, or has no translation.
    func translation(of template: String) -> String? {
        switch self {
        case .english: nil
        case .japanese: Japanese.catalogue[template]
        }
    }

    /// What a library's words are in this language.
    func translation(ofLibrary words: String) -> String? {
        switch self {
        case .english: nil
        case .japanese: LibraryWords.translated(words, by: Japanese.templates, Japanese.catalogue)
        }
    }
}
