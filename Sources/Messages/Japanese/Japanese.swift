/// The Japanese of every phrase, by its English template. One table for each part of the programs.
///
/// What happened is told as Japanese programs on UNIX tell it, short and without です・ます; what to do about it, and help, in です・ます.
/// The words are those of the table in CONTRIBUTING.md.
enum Japanese {
    /// Of the phrases in the sources.
    static let tables: [KeyValuePairs<String, String>] = [
        configuration, recipe, toml, imap, tls, advice, check, recognition, daemon, client, status, help,
    ]
    /// Of what libraries say, in their English: of the system, and of ArgumentParser and the token programs with an
    /// argument's number in braces.
    static let libraries: [KeyValuePairs<String, String>] = [system, arguments, tokens]

    /// Made when the first Japanese word is said: a daemon that nobody asks in Japanese has none of it.
    static let catalogue = Dictionary(
        (tables + libraries).flatMap { $0.map { ($0.key, $0.value) } }, uniquingKeysWith: { first, _ in first })

    /// An error's code, or a place, before what is said of it comes last.
    static let templates =
        (arguments.map { ($0.key, $0.value) } + tokens.map { ($0.key, $0.value) } + [("{1}: {2}", "{1}: {2}")])
        .map { LibraryWords($0.0, $0.1) }
}
