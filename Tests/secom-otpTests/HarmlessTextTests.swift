import Testing
import Trials

@testable import secom_otp

/// What a mail, a server or a daemon wrote is shown, and not obeyed.
@Suite struct HarmlessTextTests {
    @Test(
        arguments: chosen([
            ("\u{1B}[2Jgone", "?[2Jgone"), ("a\r\nb", "a??b"), ("a\tb", "a?b"), ("\u{7F}\u{9B}31m", "??31m"),
            ("x\u{202E}y\u{2066}z", "x?y?z"), ("\u{200E}\u{200F}\u{061C}", "???"), ("a\u{2028}b\u{2029}c", "a?b?c"),
            ("\u{FEFF}a\u{2060}\u{00AD}", "?a??"), ("\u{E0041}", "?"), ("\u{FFFF}", "?"), ("\0", "?"),
            ("a" + String(repeating: "\u{301}", count: 90), "a\u{301}\u{301}\u{301}\u{301}"),
            // What languages need stays as it is.
            ("証明書 ｶﾞ é が", "証明書 ｶﾞ é が"), ("👩\u{200D}💻", "👩\u{200D}💻"), ("", ""),
        ]))
    func nothingInItIsObeyed(text: String, shown: String) {
        #expect(Array(text.harmless.unicodeScalars) == Array(shown.unicodeScalars))
        #expect(Array(text.harmless.harmless.unicodeScalars) == Array(shown.unicodeScalars))
    }
}
