extension Japanese {
    static let system: KeyValuePairs<String, String> = [:]
}
