extension Japanese {
    static let status: KeyValuePairs<String, String> = [:]
}
