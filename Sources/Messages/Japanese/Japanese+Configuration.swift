extension Japanese {
    static let configuration: KeyValuePairs<String, String> = [:]
}
