import Testing
import Trials

@testable import Messages

/// Which language is spoken. POSIX, "Environment Variables", 8.2
@Suite struct LanguageTests {
    @Test(
        arguments: chosen([
            (["LANG": "ja_JP.UTF-8"], Language.japanese), (["LANG": "ja_JP.utf8"], .japanese),
            (["LANG": "ja.UTF-8"], .japanese), (["LANG": "ja"], .japanese), (["LANG": "ja_JP"], .japanese),
            (["LANG": "ja_JP.UTF-8@cjknarrow"], .japanese), (["LANG": "ja_JP@x"], .japanese),
            (["LC_ALL": "ja_JP.UTF-8", "LANG": "C"], .japanese),
            (["LC_MESSAGES": "ja_JP.UTF-8", "LANG": "C.UTF-8"], .japanese),
            (["LC_ALL": "", "LC_MESSAGES": "", "LANG": "ja_JP.UTF-8"], .japanese), ([:], .english),
            (["LANG": ""], .english), (["LANG": "C.UTF-8"], .english), (["LANG": "POSIX"], .english),
            (["LC_ALL": "C", "LANG": "ja_JP.UTF-8"], .english),
            (["LC_MESSAGES": "en_US.UTF-8", "LANG": "ja_JP.UTF-8"], .english),
            (["LANG": "ja_JP.eucJP"], .english), (["LANG": "ja_JP.SJIS"], .english),
            (["LANG": "jam_JM.UTF-8"], .english),
            (["LANG": "jaja"], .english), (["LANG": "de_DE.UTF-8", "LANGUAGE": "ja"], .english),
            (["LC_CTYPE": "ja_JP.UTF-8"], .english), (["LANG": "@ja"], .english), (["LANG": ".UTF-8"], .english),
        ]))
    func itIsThatOfTheLocale(environment: [String: String], language: Language) {
        #expect(Language { environment[$0] } == language)
    }

    @Test(
        arguments: chosen(
            [("ja", Language.japanese), ("en", .english), ("ja_JP", .english), (nil, .english)] as [(String?, Language)]
        ))
    func itHasACode(code: String?, language: Language) { #expect(Language(code: code) == language) }
}
