extension Japanese {
    static let help: KeyValuePairs<String, String> = [:]
}
