extension Japanese {
    static let imap: KeyValuePairs<String, String> = [:]
}
