import Testing
import Trials

@testable import secom_otpd

/// Which language `check` speaks. locale(7)
@Suite struct CheckReportTests {
    @Test(
        arguments: chosen([
            (["LANG": "ja_JP.UTF-8"], true), (["LANG": "ja_JP.utf8"], true), (["LANG": "ja.UTF-8"], true),
            (["LC_ALL": "ja_JP.UTF-8", "LANG": "C"], true), (["LC_MESSAGES": "ja_JP.UTF-8", "LANG": "C.UTF-8"], true),
            (["LC_ALL": "", "LANG": "ja_JP.UTF-8"], true), ([:], false), (["LANG": "C.UTF-8"], false),
            (["LC_ALL": "C", "LANG": "ja_JP.UTF-8"], false),
            (["LC_MESSAGES": "en_US.UTF-8", "LANG": "ja_JP.UTF-8"], false),
            (["LANG": "ja_JP.eucJP"], false), (["LANG": "ja_JP"], false), (["LANG": "jam_JM.UTF-8"], false),
        ]))
    func itSpeaksJapanese(environment: [String: String], speaks: Bool) {
        #expect(CheckReport.speaksJapanese { environment[$0] } == speaks)
    }
}
