import Recognition
import Testing
import Trials

/// The hosts of gateways that rewrite links, and those that look like one.
@Suite struct LinkRewriterTests {
    @Test(
        arguments: chosen(
            [
                ("jpn01.safelinks.protection.outlook.com", "Microsoft Safe Links"),
                ("NAM12.SafeLinks.Protection.Outlook.Com", "Microsoft Safe Links"),
                ("usg02.safelinks.protection.office365.us", "Microsoft Safe Links"),
                ("cn01.safelinks.protection.outlook.cn", "Microsoft Safe Links"),
                ("urldefense.proofpoint.com", "Proofpoint URL Defense"), ("urldefense.us", "Proofpoint URL Defense"),
                ("linkprotect.cudasvc.com", "Barracuda Link Protection"), ("jp-0-en-ctp.trendmicro.com", "Trend Micro"),
                ("protect-us.mimecast.com", "Mimecast"), ("www.login.secomtrust.net", nil),
                ("safelinks.protection.outlook.com.evil.example", nil),
                ("safelinks.protection.outlook.com", nil), ("a.b.safelinks.protection.outlook.com", nil),
                ("xsafelinks.protection.outlook.com", nil),
                (".safelinks.protection.outlook.com", nil), ("jpn01.safelinks.protection.outlook.com.", nil),
                ("a@.safelinks.protection.outlook.com", nil),
                ("urldefense.com.evil.example", nil), ("xurldefense.com", nil), ("", nil),
                (String(repeating: "a", count: 300) + ".mimecast.com", nil),
            ] as [(String, String?)])) func hosts(_ host: String, name: String?)
    {
        #expect(LinkRewriter.of(host: host.utf8)?.name == name)
    }

    /// What is handed out is the original, and the gateway's link never: whatever `login_hosts` says.
    @Test func aRewriterAmongTheLoginHostsIsRefused() {
        var rules = RecognitionRules()
        rules.loginHosts += ["protect-us.mimecast.com", "jpn01.safelinks.protection.outlook.com"]
        for link in [
            "https://protect-us.mimecast.com/s/a",
            "https://jpn01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fevil.example%2F",
        ] {
            var mail = Mail()
            mail.body = Mail.letter(password: "abcd1234", url: link)
            let refusal = Recognition(mail, rules: rules).refusal
            #expect(
                refusal?.reason == .loginURLNotAllowed && refusal?.detail.contains("exempt this sender there") == true)
        }
    }
}
