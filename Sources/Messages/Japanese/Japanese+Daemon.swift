extension Japanese {
    static let daemon: KeyValuePairs<String, String> = [:]
}
