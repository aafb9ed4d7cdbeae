extension Japanese {
    static let arguments: KeyValuePairs<String, String> = [:]
}
