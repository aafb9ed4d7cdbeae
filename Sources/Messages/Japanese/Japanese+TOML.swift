extension Japanese {
    static let toml: KeyValuePairs<String, String> = [:]
}
