extension Japanese {
    static let recognition: KeyValuePairs<String, String> = [:]
}
