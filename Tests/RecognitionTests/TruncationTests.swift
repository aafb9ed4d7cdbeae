import FoundationEssentials
import Recognition
import Testing

/// A message that the fetcher has cut: whatever is missing is never guessed.
@Suite struct TruncationTests {
    @Test func noPrefixOfALetterIsAccepted() {
        let bytes = Mail().bytes
        for count in 0...bytes.count {
            let reading = Recognition(
                of: bytes[..<count], internalDate: nil, isTruncated: true, rules: RecognitionRules())
            #expect(reading.password == nil)
            #expect(reading.needsMore || reading.reason == .wrongSender || reading.reason == .wrongSubject, "\(count)")
        }
        let whole = Recognition(of: bytes, internalDate: nil, isTruncated: true, rules: RecognitionRules())
        #expect(whole.needsMore && whole.password == nil)
    }

    @Test func moreIsNotAskedForInVain() {
        var mail = Mail()
        mail.from = ["From: somebody@example.com"]
        #expect(!cut(mail).needsMore)
        mail = Mail()
        mail.subject = ["Subject: x"]
        #expect(!cut(mail).needsMore)
        mail = Mail()
        mail.from += mail.from
        #expect(!cut(mail).needsMore)
    }

    private func cut(_ mail: Mail) -> Recognition {
        Recognition(of: mail.bytes, internalDate: nil, isTruncated: true, rules: RecognitionRules())
    }
}

@Suite struct IssueTests {
    private let noon = Date(timeIntervalSince1970: 1_773_111_600)  // 2026-03-10T03:00:00Z

    private func issuedAt(_ date: [String], _ internalDate: Date?) -> Date? {
        var mail = Mail()
        mail.date = date
        return Recognition(mail, internalDate: internalDate).issuedAt
    }

    @Test func theEarlierDateCounts() {
        let earlier = noon.addingTimeInterval(-600)
        #expect(issuedAt(["Date: Tue, 10 Mar 2026 11:50:00 +0900"], noon) == earlier)
        #expect(issuedAt(["Date: Tue, 10 Mar 2026 12:00:01 +0900"], noon) == noon)
        #expect(issuedAt(["Date: soon"], noon) == noon)
        #expect(issuedAt([], noon) == noon)
        #expect(issuedAt(["Date: Tue, 10 Mar 2026 12:00:00 +0900"], nil) == noon)
        #expect(issuedAt([], nil) == nil)
    }

    @Test func theRecipientIsTheFirstOfToOrWhomItWasDeliveredTo() {
        func recipient(_ to: [String], _ more: [String] = []) -> String? {
            var mail = Mail()
            (mail.to, mail.more) = (to, more)
            return Recognition(mail).recipient
        }
        #expect(recipient(["To: \"a, b\" <a@example.jp>, c@example.jp"]) == "a@example.jp")
        #expect(
            recipient(["To: undisclosed-recipients:;"], ["Delivered-To: b@example.jp", "Delivered-To: c@example.jp"])
                == "b@example.jp")
        #expect(recipient([], ["Envelope-To: <e@example.jp>", "X-Original-To: x@example.jp"]) == "x@example.jp")
        #expect(recipient(["To: a\u{7}@example.jp"]) == nil)
        #expect(recipient(["To: \(String(repeating: "a", count: 300))@example.jp"]) == nil)
        #expect(recipient([]) == nil)
    }
}
