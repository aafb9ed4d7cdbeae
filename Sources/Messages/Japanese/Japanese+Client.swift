extension Japanese {
    static let client: KeyValuePairs<String, String> = [:]
}
