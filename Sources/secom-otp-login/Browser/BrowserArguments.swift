/// The command line and the environment of the browser.
enum BrowserArguments {
    /// The words of its command line. `--no-sandbox` is never among them.
    static func words(_ settings: BrowserSettings, hosts: [String], profile: String) -> [String] {
        var words = [
            settings.program, "--remote-debugging-pipe", "--user-data-dir=\(profile)", "--no-first-run",
            "--no-default-browser-check", "--disable-background-networking", "--disable-component-update",
            "--disable-domain-reliability", "--disable-sync", "--disable-extensions", "--disable-breakpad",
            "--disable-client-side-phishing-detection", "--disable-default-apps", "--disable-gpu", "--mute-audio",
            "--no-pings", "--disable-http2", "--disable-quic", "--no-service-autorun", "--password-store=basic",
            "--metrics-recording-only",
            "--disable-features=AutofillServerCommunication,CertificateTransparencyComponentUpdater,MediaRouter,OptimizationHints,Translate",
            // In Japanese: a submit button without a label then reads 送信, and pages are requested in Japanese.
            "--lang=ja", "--accept-lang=ja", "--window-size=1280,1600",
            // A second barrier, besides the one through DevTools: no other name is resolved.
            "--host-resolver-rules=\(rules(settings, hosts))",
        ]
        if let proxy = settings.proxy {
            // For this machine's own addresses, too.
            words += ["--proxy-server=\(proxy)", "--proxy-bypass-list=<-loopback>"]
        } else {
            words.append("--no-proxy-server")
        }
        if !settings.trustedKeys.isEmpty {
            words.append("--ignore-certificate-errors-spki-list=\(settings.trustedKeys.joined(separator: ","))")
        }
        return words + ["about:blank"]
    }

    /// The browser's environment has only what it needs: no credentials directory, no D-Bus address, no proxy from a shell.
    static func environment(profile: String, path: String) -> [String: String] {
        ["PATH": path, "HOME": profile, "TMPDIR": profile, "LANG": "C.UTF-8", "DBUS_SESSION_BUS_ADDRESS": "disabled:"]
    }

    private static func rules(_ settings: BrowserSettings, _ hosts: [String]) -> String {
        let proxy = settings.proxy.flatMap { WebAddress($0)?.host }
        return (["MAP * ~NOTFOUND"] + (hosts + (proxy.map { [$0] } ?? [])).map { "EXCLUDE \($0)" }).joined(
            separator: ",")
    }
}
