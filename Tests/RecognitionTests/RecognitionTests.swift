import FoundationEssentials
import Recognition
import Testing
import Trials

@Suite struct RecognitionTests {
    @Test(arguments: chosen(["\r\n", "\n", "\r", "\r\r\n"]))
    func thePlainLetter(lineEnd: String) {
        var mail = Mail()
        mail.lineEnd = lineEnd
        let reading = Recognition(mail)
        #expect(reading.refusal == nil)
        #expect(reading.password == "aB3$x9Kq2L")
        #expect(reading.loginURL == Mail.loginURL)
        #expect(reading.recipient == "webmaster@example.co.jp")
        #expect(reading.issuedAt == Date(timeIntervalSince1970: 1_773_102_600))
        #expect(reading.expiresAt == Date(timeIntervalSince1970: 1_773_102_600 + 86_400))
        #expect(!reading.needsMore)
    }
}
