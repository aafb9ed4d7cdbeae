/// What a server's certificate says. See servers/certificate.
struct Certificate: Sendable {
    /// Its common name, if it has one.
    var commonName: String?
    /// As subjectAltName has them in x509v3_config(5), such as `DNS:localhost`.
    var names: String?
    /// Its extended key usage, as x509v3_config(5) has it.
    var purpose: String?
    /// Days that date(1) understands.
    var validity = (from: "yesterday", until: "tomorrow")
    /// Further lines of extensions.
    var extensions: [String] = []
    /// Who signs it and how, what is sent along: see servers/certificate.
    var options: [String] = []

    var words: [String] {
        let named = [names.map { "subjectAltName=\($0)" }, purpose.map { "extendedKeyUsage=\($0)" }]
        let extensions = named.compactMap { $0 } + self.extensions
        return [
            "/\(commonName.map { "CN=\($0)" } ?? "")", extensions.joined(separator: "\n"), validity.from,
            validity.until,
        ] + options
    }
}
