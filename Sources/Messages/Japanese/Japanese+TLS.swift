extension Japanese {
    static let tls: KeyValuePairs<String, String> = [:]
}
