extension Japanese {
    static let check: KeyValuePairs<String, String> = [:]
}
