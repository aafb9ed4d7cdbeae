import Recognition
import Testing
import Trials

/// Authentication-Results (RFC 8601), where they are required.
@Suite struct AuthenticationTests {
    private func reading(_ fields: [String], _ methods: [AuthenticationMethod] = [.dmarc]) -> Recognition {
        var mail = Mail()
        mail.more = fields.map { "Authentication-Results: \($0)" }
        var rules = RecognitionRules()
        rules.authservID = "mx.example.co.jp"
        rules.requireAuthentication = methods
        return Recognition(mail, rules: rules)
    }

    @Test(
        arguments: chosen([
            "mx.example.co.jp; dmarc=pass header.from=secom.co.jp",
            "MX.example.co.jp 1; spf=fail smtp.mailfrom=evil.com; dmarc=pass (p=NONE; dis=NONE) header.from=SECOM.co.jp",
            "\"mx.example.co.jp\" (a; (b)) ;\n\tdmarc/1 = PASS action=none header.from=\"secom.co.jp\" policy.x=y",
            "mx.example.co.jp (foobar) 1 (baz); dmarc (Because I like it) / 1 (One yay) = (wait for it) pass\n  header (A dot can go here) . (like that) from (this surprised me) = (as I wasn't expecting it) secom.co.jp",
            "mx.example.co.jp; dmarc=pass reason=\"ok; really\" header.from=secom.co.jp",
            "mx.example.co.jp; spf=none smtp.mailfrom=; dmarc=pass header.from=secom.co.jp policy.x=",
        ]))
    func passes(field: String) {
        #expect(reading([field]).password != nil)
    }

    @Test(
        arguments: chosen([
            "mx.example.co.jp; none", "mx.example.co.jp", "", "dmarc=pass header.from=secom.co.jp",
            "mx.example.co.jp; dmarc=fail header.from=secom.co.jp", "mx.example.co.jp; dmarc=pass",
            "mx.example.co.jp; dmarc=pass header.from=evil.com", "mx.example.co.jp; dmarc=pass header.from=co.jp",
            "mx.example.co.jp; dmarc=pass header.from=xsecom.co.jp",
            "mx.example.co.jp; dmarc=pass header.from=secom.co.jp.evil.com",
            "mx.example.co.jp; spf=pass smtp.mailfrom=secom.co.jp",
            "mx.example.co.jp; dmarc=pass header.from=", "mx.example.co.jp; dmarc= header.from=secom.co.jp",
            "mx.example.co.jp; dmarc=; dmarc=pass header.from=secom.co.jp",
            "mx.example.co.jp; dmarc=pass header.from= header.from=secom.co.jp",
            "mx.example.co.jp; dmarc=none (dmarc=pass) header.from=secom.co.jp",
            "mx.example.co.jp; dmarc=fail reason=\"dmarc=pass header.from=secom.co.jp\" header.from=secom.co.jp",
            "mx.example.co.jp; dmarc=fail (; dmarc=pass header.from=secom.co.jp ) header.from=secom.co.jp",
            "mx.example.co.jp; dmarc=pass x=y=z header.from=secom.co.jp",
            "mx.example.co.jp; (dmarc=pass header.from=secom.co.jp",
            "mx.example.co.jp; xdmarc=pass header.from=secom.co.jp",
            "mx.example.co.jp; dmarc=pass smtp.mailfrom=secom.co.jp",
            "mx.example.co.jp; dmarc=passed header.from=secom.co.jp",
            "evil.mx.example.co.jp; dmarc=pass header.from=secom.co.jp",
            "mx.example.co.jp.evil; dmarc=pass header.from=secom.co.jp",
            "mx.example.co.jp; dmarc=pass header.from=secom.co.jp \"",
            "mx.example.co.jp; dmarc=pass header.from=mail.secom.co.jp",
            "mx.example.co.jp evil; dmarc=pass header.from=secom.co.jp",
            "mx.example.co.jp 1 2; dmarc=pass header.from=secom.co.jp",
            "mx.example.co.jp; dmarc=fail header.from=secom.co.jp; dmarc=pass header.from=secom.co.jp",
            "mx.example.co.jp; dmarc=pass header.from=secom.co.jp; dmarc=fail header.from=evil.com",
            "mx.example.co.jp; spf=none smtp.mailfrom=x\\;dmarc=pass header.from=secom.co.jp; dmarc=fail header.from=secom.co.jp",
        ]))
    func isRefused(field: String) {
        #expect(reading([field]).reason == .senderNotAuthenticated)
    }

    @Test func onlyTheTopmostOfOurServerCounts() {
        let pass = "mx.example.co.jp; dmarc=pass header.from=secom.co.jp"
        #expect(
            reading(["mx.example.co.jp; dmarc=fail header.from=secom.co.jp", pass]).reason == .senderNotAuthenticated)
        #expect(reading([pass, "mx.example.co.jp; dmarc=fail header.from=secom.co.jp"]).password != nil)
        #expect(reading(["other.example; dmarc=fail header.from=secom.co.jp", pass]).password != nil)
        #expect(reading(["mx.example.co.jp a b; dmarc=fail", pass]).reason == .senderNotAuthenticated)
        #expect(reading(["mx.example.co.jp dmarc=fail", pass]).reason == .senderNotAuthenticated)
        #expect(reading([]).reason == .senderNotAuthenticated)
    }

    @Test func anyRequiredMethodWillDo() {
        let field =
            "mx.example.co.jp; spf=pass smtp.mailfrom=<bounce@mail.secom.co.jp>; dkim=fail header.d=secom.co.jp; dkim=pass header.i=@secom.co.jp header.b=ab/c"
        #expect(reading([field], [.spf]).password != nil)
        #expect(reading([field], [.dkim]).password != nil)
        #expect(reading([field], [.dmarc, .spf]).password != nil)
        #expect(reading([field], [.dmarc]).reason == .senderNotAuthenticated)
        #expect(reading(["mx.example.co.jp; spf=pass smtp.helo=secom.co.jp"], [.spf]).reason == .senderNotAuthenticated)
        #expect(
            reading(["mx.example.co.jp; dkim=pass header.d=example.com"], [.dkim]).reason == .senderNotAuthenticated)
    }

    @Test(
        arguments: chosen([
            ("prvs=1a2b=bounce@secom.co.jp", true), ("\"a b=c@evil.com\"@mail.secom.co.jp", true),
            ("a=b=c==d@secom.co.jp", false), ("prvs=1a2b=secom.co.jp", false), ("evil.com=x.secom.co.jp", false),
            ("ra@secom.co.jp=x@evil.com", false), ("x@evil.com=ra@secom.co.jp", false),
            ("\"ra@secom.co.jp\"@evil.com", false),
            ("prvs=", false), ("SRS0=hash=tt=secom.co.jp=ra@forwarder.example", false),
        ]))
    func returnPaths(address: String, passes: Bool) {
        for rest in ["", " smtp.helo=mx.example.jp", "; dkim=none"] {
            let field = "mx.example.co.jp; spf=pass smtp.mailfrom=\(address)\(rest)"
            #expect((reading([field], [.spf]).password != nil) == passes)
        }
    }

    @Test func whatPassedForAnotherDomainTooCountsForNone() {
        let properties = ["header.d=evil.com header.i=@secom.co.jp", "header.i=@secom.co.jp header.d=evil.com"]
        for property in properties {
            #expect(reading(["mx.example.co.jp; dkim=pass \(property)"], [.dkim]).reason == .senderNotAuthenticated)
        }
        let both = "mx.example.co.jp; dkim=pass header.i=@mail.secom.co.jp header.d=secom.co.jp"
        #expect(reading([both], [.dkim]).password != nil)
    }

    @Test func withoutAnAuthservIDNothingIsBelieved() {
        var mail = Mail()
        mail.more = ["Authentication-Results: mx.example.co.jp; dmarc=pass header.from=secom.co.jp"]
        var rules = RecognitionRules()
        rules.requireAuthentication = [.dmarc]
        #expect(Recognition(mail, rules: rules).reason == .senderNotAuthenticated)
    }

    /// Exchange Online, of a mail with no return path: it names nobody, and tells no domain for SPF.
    @Test(arguments: chosen(["dmarc=pass action=none header.from=secom.co.jp", "dmarc=fail header.from=secom.co.jp"]))
    func noReturnPath(_ result: String) {
        var mail = Mail()
        mail.more = [
            "Authentication-Results: spf=none (sender IP is 192.0.2.1)\n smtp.mailfrom=; dkim=none (message not signed)",
            " header.d=none;\(result);compauth=pass reason=100",
        ]
        var rules = RecognitionRules()
        rules.authservID = ""
        rules.requireAuthentication = [.dmarc, .spf]
        let reading = Recognition(mail, rules: rules)
        #expect(reading.reason == (result.hasPrefix("dmarc=pass") ? nil : .senderNotAuthenticated))
        #expect(reading.reason == nil || reading.refusal?.detail.contains("dmarc or spf") == true)
    }
}
