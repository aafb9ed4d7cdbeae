import Testing
import Trials

@testable import MIME

@Suite struct ContentTypeTests {
    private func field(_ text: String) -> ParameterizedField { ParameterizedField(bytes(text)) }
    private func parameter(_ text: String, _ name: StaticString) -> String? { field(text).parameter(name).map(string) }

    @Test(
        arguments: chosen([
            (" Text/Plain (c); charset=x", "text/plain"), ("text / html", "text/html"), ("TEXT", "text"), ("", ""),
            ("text/plain charset=utf-8", "text/plain"), ("text/plain, charset=utf-8", "text/plain"),
            ("\"text/plain\"; charset=utf-8", "text/plain"), ("(comment) base64 (x)", "base64"), (";charset=x", ""),
            ("multipart/mixed;boundary=b", "multipart/mixed"), ("text/plain; (", "text/plain"), ("(", ""),
        ])) func values(text: String, value: String)
    {
        #expect(string(field(text).value) == value)
    }

    @Test func parameters() {
        let field = field(
            " Text/Plain (c); charset = \"a\\\"b\" (x); name*0*=utf-8''%e3%81; name*1=z ; boundary=a=b/c?d; boundary=second; odd; f*=x'y'%41"
        )
        #expect(field.parameter("charset").map(string) == "a\"b")
        #expect(field.parameter("boundary").map(string) == "a=b/c?d")
        #expect(field.parameter("name") == [0xE3, 0x81, 0x7A])
        #expect(field.parameter("f").map(string) == "A")
        #expect(field.parameter("none") == nil)
    }

    /// The examples of RFC 2231, 3, 4 and 4.1.
    @Test func continuedAndEncoded() {
        let url =
            "message/external-body; access-type=URL; URL*0=\"ftp://\"; URL*1=\"cs.utk.edu/pub/moore/bulk-mailer/bulk-mailer.tar\""
        #expect(parameter(url, "url") == "ftp://cs.utk.edu/pub/moore/bulk-mailer/bulk-mailer.tar")
        let title = "application/x-stuff; title*=us-ascii'en-us'This%20is%20%2A%2A%2Afun%2A%2A%2A"
        #expect(parameter(title, "title") == "This is ***fun***")
        let both =
            "application/x-stuff\r\n title*0*=us-ascii'en'This%20is%20even%20more%20;\r\n title*1*=%2A%2A%2Afun%2A%2A%2A%20;\r\n title*2=\"isn't it!\""
        #expect(parameter(both, "title") == "This is even more ***fun*** isn't it!")
    }

    @Test func aSemicolonThatIsMissing() {
        #expect(parameter("text/plain charset=utf-8", "charset") == "utf-8")
        #expect(parameter("text/plain, charset=utf-8", "charset") == "utf-8")
        #expect(parameter("text/plain; charset=utf-8 format=flowed", "format") == "flowed")
    }

    @Test(
        arguments: chosen(
            [
                ("a; charset=\"utf-8", "\"utf-8"), ("a; charset", nil), ("a; charset=", ""),
                ("a; charset=;format=x", ""),
                ("a; charset*=utf-8'%41", "utf-8'A"), ("a; charset*=''%4", "%4"), ("a; charset*=''%zz", "%zz"),
                ("a; charset*1=x", nil), ("a; charset*0=x; charset*2=y", "x"), ("a; charset*0=x; charset*0=y", "x"),
                ("a; charset*-1=x", nil), ("a; charset*999=x; charset=y", "y"), ("a; xcharset=y; charset=z", "z"),
                ("a; charset (c) = (d) \"e\" (f)", "e"), ("a; charset = utf-8(c)", "utf-8"), ("a; \"charset\"=x", nil),
            ] as [(String, String?)])) func oddOnes(text: String, charset: String?)
    {
        #expect(parameter(text, "charset") == charset)
    }

    @Test func manyParametersTakeLinearTime() {
        let growth = ProcessorTime.growth(from: 2_000, to: 16_000) { count in
            #expect(parameter(String(repeating: "a;b=c;charset*5=x", count: count), "charset") == nil)
        }
        #expect(growth < 24)
    }
}
