import Testing
import Trials

@testable import MIME

@Suite struct AddressListTests {
    private func list(_ text: String) -> AddressList { AddressList(bytes(text)) }

    /// Each with one address: the simple forms, and RFC 5322, A.1 and A.5.
    @Test(
        arguments: chosen([
            ("a@b.example", "a@b.example"), ("<a@b.example>", "a@b.example"),
            ("John Doe <jdoe@machine.example>", "jdoe@machine.example"),
            ("\"Joe Q. Public\" <john.q.public@example.com>", "john.q.public@example.com"),
            ("\"Giant; \\\"Big\\\" Box\" <sysservices@example.net>", "sysservices@example.net"),
            ("Pete(A nice \\) chap) <pete(his account)@silly.test(his host)>", "pete@silly.test"),
            ("\"a, b <c@d>\" <a@b.example>", "a@b.example"), ("\"a b\"@c.example", "a b@c.example"),
            ("\"a\\\"\"@c.example", "a\"@c.example"), ("a@[192.0.2.1]", "a@[192.0.2.1]"),
            ("<@x.example,@y.example:a@b.example>", "a@b.example"), (" a . b\r\n @ c . example ", "a.b@c.example"),
            ("a@b.example <A@B.example>", "A@B.example"), (", a@b.example,", "a@b.example"),
            ("Group: a@b.example;", "a@b.example"), ("セコム <a@b.example>", "a@b.example"),
        ])) func one(text: String, address: String) throws
    {
        let only = try #require(list(text).only)
        #expect(string(only.bytes) == address)
    }

    @Test func several() {
        let several = list(
            "A Group(Some people):Chris Jones <c@a.test>, joe@example.org (x), John <jdoe@one.test>;, d@e.test")
        #expect(several.isValid && several.only == nil)
        #expect(
            several.addresses.map { string($0.bytes) } == ["c@a.test", "joe@example.org", "jdoe@one.test", "d@e.test"])
        let nobody = list("Undisclosed recipients:;")
        #expect(nobody.isValid && nobody.addresses.isEmpty && nobody.only == nil)
        #expect(list("").isValid && list("").only == nil)
    }

    /// What may be shown as one address and be another: no address of it is believed.
    @Test(
        arguments: chosen([
            "a@b.example <c@d.example>", "<a@b.example> <c@d.example>", "<a@b.example> c", "<a@b.example",
            "a@b.example>",
            "<<a@b.example>>", "a", "a@", "@b.example", "a@b@c.example", "a..b@c.example", "a@b..example",
            ".a@b.example",
            "a@b.example.", "a b@c.example", "\"a@b.example", "a@b.example (x", "a@[192.0.2.1", "Group: a@b.example",
            "a@b.example;", "Group: Group: a@b.example;;", "<a@b.example:", "<@x.example a@b.example>", "<>",
            ": a@b.example;",
            "a@b.example, \"", "<@x.example:>", "a\\@b.example",
        ])) func isNotBelieved(text: String)
    {
        #expect(list(text).only == nil)
        #expect(!list(text).isValid)
    }

    @Test func oneMailboxByAnyCase() {
        let (lower, upper) = (list("a@b.example").only, list("A@B.EXAMPLE").only)
        #expect(lower != nil && upper != nil && lower != upper)
        #expect(lower.flatMap { one in upper.map(one.isSame) } == true)
        #expect(
            list("a@b.example").only?.isSame(as: Address(localPart: Array("a@b".utf8), domain: Array("example".utf8)))
                == false)
    }

    @Test func nestingTakesNoStackAndLengthLinearTime() {
        let deep = String(repeating: "(", count: 100_000) + String(repeating: ")", count: 100_000)
        #expect(list("\(deep) a@b.example").only != nil)
        let growth = ProcessorTime.growth(from: 1_000, to: 8_000) { count in
            #expect(list(String(repeating: "a@b.example,", count: count)).addresses.count == count)
        }
        #expect(growth < 24)
    }
}
