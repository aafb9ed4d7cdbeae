import Recognition

extension CheckReport {
    /// Warns of hosts among `login_hosts` that lead wherever who wrote the mail wants.
    mutating func linkRewriters(in loginHosts: [String]) {
        for host in loginHosts {
            guard let rewriter = LinkRewriter.of(host: host.utf8) else { continue }
            note(
                "login_hosts",
                "\(host) rewrites links (\(rewriter.name)) and can redirect anywhere: remove it. Where the original URL is readable in such a link, it is found without this entry; otherwise exempt SECOM's mail from the rewriting at the gateway."
            )
        }
    }
}
