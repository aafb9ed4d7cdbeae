import Testing
import Trials

@testable import IMAP

/// How marks stand, by what a mailbox keeps.
struct MarkSchemeTests {
    private static let kept: [(Set<String>?, MarkScheme.Kind)] = [
        (nil, .keywords), (["\\*"], .keywords), (["\\Seen", "$C", "$U", "$R"], .keywords),
        (["\\Seen", "$C", "$U"], .none), ([], .none), (["\\Flagged", "\\Seen"], .none),
        // Exchange Online, Yahoo
        (["\\Seen", "\\Answered", "\\Flagged", "\\Deleted", "\\Draft", "$MDNSent"], .systemFlags),
        (["\\Answered", "\\Deleted", "\\Draft", "\\Flagged", "\\Seen"], .systemFlags),
    ]

    @Test(arguments: kept) func byPermanentFlags(flags: Set<String>?, kind: MarkScheme.Kind) {
        #expect(MarkScheme(.test, permanentFlags: flags).kind == kind)
    }

    @Test func keywordsAreRead() {
        let cases: [(Set<String>, MarkState)] = [
            ([], .none), (["$C"], .claimed), (["$U"], .used), (["$R"], .rejected), (["$C", "$U"], .used),
            (["$C", "$R"], .rejected), (["$U", "$R"], .used), (["$c", "C", "$Junk"], .none),
            // A person's own.
            (["\\Flagged"], .none), (["\\Answered"], .none),
        ]
        for (flags, mark) in cases { #expect(MarkScheme.test.state(of: flags.union(["\\Seen"])) == mark) }
    }

    @Test func systemFlagsAreReadWhereNoKeywordIsKept() {
        let cases: [(Set<String>, MarkState)] = [
            ([], .none), (["\\Flagged"], .flagged), (["\\Answered"], .used), (["\\Answered", "\\Flagged"], .rejected),
            // Keywords count wherever they stand.
            (["$C", "\\Flagged"], .claimed), (["$U", "\\Answered", "\\Flagged"], .used),
        ]
        for (flags, mark) in cases { #expect(MarkScheme.systemFlags.state(of: flags.union(["\\Seen"])) == mark) }
    }

    @Test func whatAServerDoesNotTakeAfterAll() {
        var scheme = MarkScheme(.test, permanentFlags: ["\\*", "\\Flagged", "\\Answered"])
        scheme.refuseKeywords()
        #expect(scheme.kind == .systemFlags)
        scheme = MarkScheme(.test, permanentFlags: ["\\*"])
        scheme.refuseKeywords()
        #expect(scheme.kind == .none && !scheme.keepsMarks)
    }
}
