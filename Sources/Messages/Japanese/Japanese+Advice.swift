extension Japanese {
    static let advice: KeyValuePairs<String, String> = [:]
}
