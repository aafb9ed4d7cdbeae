import Testing
import Trials

@testable import MIME

@Suite struct EntityTests {
    private func entity(_ text: String, limits: Limits = Limits()) -> Entity { Entity(bytes(text), limits: limits) }

    @Test func headerAndBody() {
        let entity = entity("Content-Type: Text/HTML; charset=x\r\nContent-Transfer-Encoding: BASE64\r\n\r\nbody\r\n")
        #expect(string(entity.contentType.value) == "text/html" && entity.kind == .html)
        #expect(entity.transferEncoding == .base64 && !entity.isAttachment && entity.isHeaderComplete)
        #expect(string(entity.body) == "body\r\n" && entity.fault == nil)
    }

    @Test(
        arguments: chosen([
            ("", Entity.Kind.plain), ("text/plain", .plain), ("text", .plain), ("TEXT/HTML", .html),
            ("nonsense", .plain),
            ("application/xhtml+xml", .html), ("multipart/alternative; boundary=b", .multipart),
            ("text/calendar", .other),
            ("image/png", .other), ("message/rfc822", .other), ("application/octet-stream", .other), ("text/", .other),
        ])) func kinds(type: String, kind: Entity.Kind)
    {
        #expect(entity("Content-Type: \(type)\n\n").kind == kind)
        #expect(entity("\n").kind == .plain)
    }

    /// RFC 2183, 2.8: an unknown disposition is an attachment.
    @Test(
        arguments: chosen([
            ("attachment", true), ("ATTACHMENT; filename=a", true), ("inline", false), ("Inline; x=y", false),
            ("", false),
            ("form-data", true), ("(c) inline", false),
        ])) func dispositions(disposition: String, isAttachment: Bool)
    {
        #expect(entity("Content-Disposition: \(disposition)\n\n").isAttachment == isAttachment)
    }

    @Test(
        arguments: chosen([
            ("base64", TransferEncoding.base64), ("Base64 (x)", .base64), ("base64;", .base64),
            ("quoted-printable", .quotedPrintable), ("\"quoted-printable\"", .quotedPrintable), ("7bit", .identity),
            ("8bit", .identity), ("binary", .identity), ("x-uuencode", .identity), ("", .identity),
        ])) func transferEncodings(field: String, encoding: TransferEncoding)
    {
        #expect(entity("Content-Transfer-Encoding: \(field)\n\n").transferEncoding == encoding)
    }

    @Test func theFirstOfAKindCounts() {
        let entity = entity(
            "Content-Type: text/html\nContent-Type: text/plain\nContent-Transfer-Encoding: 8bit\nContent-Transfer-Encoding: base64\n\n"
        )
        #expect(entity.kind == .html && entity.transferEncoding == .identity)
    }

    @Test func everyFieldIsShown() {
        var names: [String] = []
        _ = Entity(bytes("A: 1\nno field\nB: 2\n 3\n\nC: 4"), limits: Limits()) { names.append(string($0.name)) }
        #expect(names == ["A", "B"])
    }

    @Test func bounds() {
        var limits = Limits()
        limits.headerFields = 2
        #expect(entity("A: 1\nB: 2\n\n", limits: limits).fault == nil)
        #expect(entity("A: 1\nB: 2\nC: 3\n\nbody", limits: limits).fault == .tooManyHeaderFields)
        #expect(string(entity("A: 1\nB: 2\nC: 3\n\nbody", limits: limits).body) == "body")
        limits = Limits()
        limits.header = 6
        #expect(entity("A: 1\n\n", limits: limits).fault == nil)
        #expect(entity("A: 12\n\n", limits: limits).fault == .headerTooLarge)
    }

    @Test func aHeaderThatIsCut() {
        #expect(!entity("Content-Type: text/ht").isHeaderComplete)
        #expect(entity("Content-Type: text/ht").body.isEmpty)
    }
}
