import Foundation
import Testing
import Trials

@testable import secom_otpd

/// What people get wrong in a configuration, and what they are told: all of it, and nothing else.
@Suite struct WrongConfigurationTests {
    struct Wrong: CustomStringConvertible, Sendable {
        let description: String
        let old, new: String
        let told: [String]

        init(_ description: String, _ old: String, _ new: String, _ told: [String]) {
            (self.description, self.old, self.new, self.told) = (description, old, new, told)
        }
    }

    static let right = """
        [socket]
        group = "daemon"
        claim = ["@daemon", "root"]

        [mail]
        valid_for = "24h"

        [[mailbox]]
        name = "tokyo"
        host = "imap.example.co.jp"
        user = "webmaster@example.co.jp"
        password = { credential = "imap-password" }
        poll = "60s"
        """

    private func told(_ text: String) -> [String] {
        do {
            _ = try ConfigurationReader.parse(text, file: "F")
            return []
        } catch { return error.description.split(separator: "\n").map { String($0.dropFirst()) } }
    }

    @Test(
        arguments: chosen([
            Wrong(
                "unquoted host", "host = \"imap.example.co.jp\"", "host = imap.example.co.jp",
                [
                    ":10: host: text stands in quotes: \"...\"; the line is: host = imap.example.co.jp"
                ]),
            Wrong(
                "curly quotes", "host = \"imap.example.co.jp\"", "host = “imap.example.co.jp”",
                [
                    ":10: host: “ is no quote here: text stands between two \", the one of ASCII (U+0022); the line is: host = “imap.example.co.jp”"
                ]),
            Wrong(
                "curly end quote", "host = \"imap.example.co.jp\"", "host = \"imap.example.co.jp”",
                [
                    ":10: host: the text that begins with \" ends with ”, which is another character: write \"; the line is: host = \"imap.example.co.jp”"
                ]),
            Wrong(
                "full-width equals", "host = \"imap.example.co.jp\"", "host ＝ \"imap.example.co.jp\"",
                [
                    ":10: host: ＝ is full-width: write =, of ASCII; the line is: host ＝ \"imap.example.co.jp\""
                ]),
            Wrong(
                "full-width key", "host = \"imap.example.co.jp\"", "ｈｏｓｔ = \"imap.example.co.jp\"",
                [
                    ":10: host: ｈ is full-width: write h, of ASCII; the line is: ｈｏｓｔ = \"imap.example.co.jp\""
                ]),
            Wrong(
                "ideographic space", "host = \"imap.example.co.jp\"", "host　= \"imap.example.co.jp\"",
                [
                    ":10: host: an invisible character (U+3000) stands here: write an ordinary space, or nothing; the line is: host　= \"imap.example.co.jp\""
                ]),
            Wrong(
                "missing end quote", "host = \"imap.example.co.jp\"", "host = \"imap.example.co.jp",
                [
                    ":10: host: the \" that opens a text here is not closed on this line; the line is: host = \"imap.example.co.jp"
                ]),
            Wrong(
                "missing first quote", "host = \"imap.example.co.jp\"", "host = imap.example.co.jp\"",
                [
                    ":10: host: the quote before the text is missing: \"...\"; the line is: host = imap.example.co.jp\""
                ]),
            Wrong(
                "missing equals", "host = \"imap.example.co.jp\"", "host \"imap.example.co.jp\"",
                [
                    ":10: host: between a key and its value stands =, and here is none; the line is: host \"imap.example.co.jp\""
                ]),
            Wrong(
                "colon", "host = \"imap.example.co.jp\"", "host: \"imap.example.co.jp\"",
                [
                    ":10: host: between a key and its value stands =, not :; the line is: host: \"imap.example.co.jp\""
                ]),
            Wrong(
                "missing bracket", "[[mailbox]]", "[[mailbox]",
                [
                    ":8: a table's name stands in brackets, [[...]]: a ] is missing; the line is: [[mailbox]"
                ]),
            Wrong(
                "single brackets", "[[mailbox]]", "[mailbox]",
                [
                    ":8: write [[mailbox]], in two brackets: there may be several of it; the line is: [mailbox]"
                ]),
            Wrong(
                "array not closed", "claim = [\"@daemon\", \"root\"]", "claim = [\"@daemon\", \"root\"",
                [
                    ":3: claim: the [ that opens here is not closed: a ] is missing; the line is: claim = [\"@daemon\", \"root\""
                ]),
            Wrong(
                "no comma", "claim = [\"@daemon\", \"root\"]", "claim = [\"@daemon\" \"root\"]",
                [
                    ":3: claim: a comma is missing between two values of the array, or a ] behind the last; the line is: claim = [\"@daemon\" \"root\"]"
                ]),
            Wrong(
                "key twice", "host = \"imap.example.co.jp\"",
                "host = \"imap.example.co.jp\"\nhost = \"imap2.example.co.jp\"",
                [
                    ":11: host: it is set a second time: first in line 10; the line is: host = \"imap2.example.co.jp\""
                ]),
            Wrong(
                "table twice", "[[mailbox]]", "[mail]\nfrom = \"a@example.co.jp\"\n\n[[mailbox]]",
                [
                    ":8: this table stands here a second time: its first is in line 5, and all its keys belong there; the line is: [mail]"
                ]),
            Wrong(
                "double brackets", "[mail]", "[[mail]]",
                [
                    ":5: mail: must be one table, [mail], and not a list of them, [[mail]]"
                ]),
            Wrong(
                "True", "host = \"imap.example.co.jp\"", "host = \"imap.example.co.jp\"\nport = True",
                [
                    ":11: port: a yes is written true, in small letters, and text stands in quotes: \"...\"; the line is: port = True"
                ]),
            Wrong(
                "leading zero", "group = \"daemon\"", "mode = 0660",
                [
                    ":2: mode: a number begins with no 0; what is text, such as a mode, stands in quotes: \"0660\"; the line is: mode = 0660"
                ]),
            Wrong(
                "mode number", "group = \"daemon\"", "mode = 660",
                [
                    ":2: socket.mode: must be text in quotes, \"...\", not a number"
                ]),
            Wrong(
                "date", "valid_for = \"24h\"", "valid_for = 2026-11-26",
                [
                    ":6: mail.valid_for: must be a DURATION, a text with its unit such as \"500ms\", \"60s\", \"5m\" or \"24h\", not a date"
                ]),
            Wrong(
                "unquoted duration", "poll = \"60s\"", "poll = 60s",
                [
                    ":13: poll: text stands in quotes: \"...\"; the line is: poll = 60s"
                ]),
            Wrong(
                "number duration", "poll = \"60s\"", "poll = 60",
                [
                    ":13: mailbox \"tokyo\" (line 8): poll: must be a DURATION, a text with its unit such as \"500ms\", \"60s\", \"5m\" or \"24h\", not 60: is \"60s\" meant?"
                ]),
            Wrong(
                "trailing comma", "password = { credential = \"imap-password\" }",
                "password = { credential = \"imap-password\", }",
                [
                    ":12: password: before the } stands no comma; the secret itself has no place here, only where it is: { credential = \"NAME\" }"
                ]),
            Wrong(
                "inline over lines", "password = { credential = \"imap-password\" }",
                "password = {\n  credential = \"imap-password\"\n}",
                [
                    ":12: password: what stands in { } stands on one line; the secret itself has no place here, only where it is: { credential = \"NAME\" }"
                ]),
            Wrong(
                "inline colon", "password = { credential = \"imap-password\" }",
                "password = { credential: \"imap-password\" }",
                [
                    ":12: password: between a key and its value stands =, not :; the secret itself has no place here, only where it is: { credential = \"NAME\" }"
                ]),
            Wrong(
                "string for list", "claim = [\"@daemon\", \"root\"]", "claim = \"root\"",
                [
                    ":3: socket.claim: must be a list of texts in brackets, [\"...\", \"...\"], not text"
                ]),
            Wrong(
                "unknown key", "poll = \"60s\"", "pol = \"60s\"",
                [
                    ":13: mailbox \"tokyo\" (line 8): pol: unknown key: is poll meant?"
                ]),
            Wrong(
                "hyphen", "poll = \"60s\"", "eager-poll = \"250ms\"",
                [
                    ":13: mailbox \"tokyo\" (line 8): eager-poll: unknown key: is eager_poll meant?"
                ]),
            Wrong(
                "wrong table", "poll = \"60s\"", "claim_mark = \"memory\"",
                [
                    ":13: mailbox \"tokyo\" (line 8): claim_mark: belongs into [handoff], below that line"
                ]),
            Wrong(
                "before any table", "[socket]\n", "host = \"imap.example.co.jp\"\n[socket]\n",
                [
                    ":1: host: belongs into [[mailbox]], below that line"
                ]),
            Wrong(
                "misspelt table", "[mail]", "[mails]",
                [
                    ":5: mails: unknown key: is mail meant?"
                ]),
            Wrong(
                "port text", "host = \"imap.example.co.jp\"", "host = \"imap.example.co.jp\"\nport = \"993\"",
                [
                    ":11: mailbox \"tokyo\" (line 8): port: must be a number without quotes, not text"
                ]),
            Wrong(
                "port in host", "host = \"imap.example.co.jp\"", "host = \"imap.example.co.jp:993\"",
                [
                    ":10: mailbox \"tokyo\" (line 8): host: must be the host alone, \"imap.example.co.jp\": a port stands in a line of its own, port = 993"
                ]),
            Wrong(
                "url as host", "host = \"imap.example.co.jp\"", "host = \"imaps://imap.example.co.jp\"",
                [
                    ":10: mailbox \"tokyo\" (line 8): host: must be the name or address of a host, in ASCII, without imaps:// and without a path"
                ]),
            Wrong(
                "semicolon", "host = \"imap.example.co.jp\"", "host = \"imap.example.co.jp\";",
                [
                    ":10: host: a line ends without a ;; the line is: host = \"imap.example.co.jp\";"
                ]),
            Wrong(
                "slashes", "host = \"imap.example.co.jp\"", "host = \"imap.example.co.jp\" // ours",
                [
                    ":10: host: a comment begins with #, not with //; the line is: host = \"imap.example.co.jp\" // ours"
                ]),
            Wrong(
                "backslash", "host = \"imap.example.co.jp\"", "ca_file = \"C:\\users\\x\"",
                [
                    ":8: mailbox \"tokyo\" (line 8): host: is missing",
                    ":10: ca_file: behind \\u stand four hexadecimal digits, and behind \\U eight; a \\ itself is written \\\\",
                ]),
            Wrong(
                "missing name", "name = \"tokyo\"\n", "",
                [
                    ":8: mailbox 1 (line 8): name: is missing"
                ]),
            Wrong(
                "two at once", "host = \"imap.example.co.jp\"\nuser = \"webmaster@example.co.jp\"",
                "host = imap.example.co.jp\nuser webmaster@example.co.jp",
                [
                    ":10: host: text stands in quotes: \"...\"; the line is: host = imap.example.co.jp",
                    ":11: user: between a key and its value stands =, and here is none",
                ]),
            Wrong(
                "empty value", "host = \"imap.example.co.jp\"", "host =",
                [
                    ":10: host: behind the = there is no value; the line is: host ="
                ]),
            Wrong(
                "triple quote", "host = \"imap.example.co.jp\"", "host = \"\"\"imap.example.co.jp",
                [
                    ":10: host: the three \" that open a text here are closed nowhere: all behind them was read as that text; the line is: host = \"\"\"imap.example.co.jp"
                ]),
            Wrong(
                "off remote", "host = \"imap.example.co.jp\"", "host = \"imap.example.co.jp\"\ntls = \"none\"",
                [
                    ":11: mailbox \"tokyo\" (line 8): tls: must be one of \"implicit\", \"starttls\", \"off\", not \"none\""
                ]),
            Wrong(
                "folder list", "poll = \"60s\"", "folder = [\"INBOX\"]",
                [
                    ":13: mailbox \"tokyo\" (line 8): folder: must be text in quotes, \"...\", not a list"
                ]),
            Wrong(
                "after use", "poll = \"60s\"", "after_use = \"move\"",
                [
                    ":13: mailbox \"tokyo\" (line 8): after_use: must be \"seen\", \"keep\", \"delete\" or { move = \"FOLDER\" }"
                ]),
        ])) func whatIsTold(_ wrong: Wrong)
    {
        let text = Self.right.replacing(wrong.old, with: wrong.new)
        #expect(text != Self.right)
        #expect(told(text) == wrong.told)
    }

    /// As other editors and systems save it.
    @Test func whatIsRight() {
        for text in [
            Self.right, Self.right.replacing("\n", with: "\r\n"), "\u{FEFF}" + Self.right,
            Self.right.replacing("\"tokyo\"", with: "'tokyo'"),
            Self.right.replacing(" = ", with: "\t=\t").replacing("\nhost", with: "\n\thost"),
        ] { #expect(told(text).isEmpty) }
    }

    @Test func usersAndGroupsAreTakenForOneAnother() throws {
        // A group without a user of its name, and a user without a group of its name, where this machine has them.
        func names(_ file: String) throws -> Set<Substring> {
            Set(
                try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").compactMap {
                    $0.split(separator: ":").first
                })
        }
        let (users, groups) = (try names("/etc/passwd"), try names("/etc/group"))
        if let group = groups.subtracting(users).sorted().first {
            let text = Self.right.replacing("\"root\"]", with: "\"\(group)\"]")
            #expect(told(text) == [":3: socket.claim: there is no user \"\(group)\"; is it the group, \"@\(group)\"?"])
        }
        if let user = users.subtracting(groups).sorted().first {
            let text = Self.right.replacing("\"root\"]", with: "\"@\(user)\"]")
            #expect(told(text) == [":3: socket.claim: there is no group \"\(user)\"; is it the user, \"\(user)\"?"])
        }
        let text = Self.right.replacing("group = \"daemon\"", with: "group = \"@daemon\"")
        #expect(told(text) == [":2: socket.group: is a group's name without the @: \"daemon\""])
    }

    @Test func filesThatAreNoText() throws {
        func told(_ bytes: [UInt8]) throws -> String {
            let file = FileManager.default.temporaryDirectory.appendingPathComponent("secom-otpd.\(UUID())")
            defer { try? FileManager.default.removeItem(at: file) }
            try Data(bytes).write(to: file)
            do {
                _ = try ConfigurationReader.read(file.path)
                return ""
            } catch { return String(error.description.dropFirst(file.path.utf8.count)) }
        }
        #expect(try told([0xFF, 0xFE, 0x61, 0x00]) == ": is UTF-16 text: save it as UTF-8")
        #expect(
            try told(Array("a = 1\n# ".utf8) + [0x93, 0x8C])
                == ":2: is not UTF-8 text (is it Shift_JIS?): save it as UTF-8")
    }

    /// Somebody has written the secret itself. Whatever is wrong with it, it is not repeated.
    @Test(
        arguments: chosen([
            "password = \"Geheim7\"", "password = Geheim7", "password = 'Geheim7", "password = \"Geheim7",
            "password = “Geheim7”", "password = \"Geheim7”",
            "password: Geheim7", "password Geheim7", "password\nGeheim7", "password =\nGeheim7",
            "password = \"\"\"\nGeheim7\"\"\"", "password = \"\"\"\nGeheim7",
            "password = { credential = \"Geheim7/\" }", "password = { file = \"Geheim7\" }",
            "password = { command = \"Geheim7\" }",
            "password = { command = [\"a\", \"Geheim7] }", "password = { Geheim7 = 1 }", "password = { Geheim7 }",
            "password = { \"Geheim7\" }", "password = { file = Geheim7 }",
            "password = [\"Geheim7\"]", "password = [\n  Geheim7\n]", "password = (Geheim7)", "passwort = Geheim7",
            "pass word = \"Geheim7\"", "ｐａｓｓｗｏｒｄ＝Geheim7",
            "oauth2_token = Geheim7", "[mailbox.password]\nfile = \"Geheim7\"",
            "[mailbox.password]\nplain = \"Geheim7\"", "[mailbox.password]\nGeheim7",
            "host = \"h\" password = \"Geheim7\"", "host = h, pw = Geheim7", "name = \"a # Geheim7",
            "user = webmaster:Geheim7", "user = “w” Geheim7", "claim = [\n\"Geheim7\n]",
        ])) func noSecretIsRepeated(_ line: String)
    {
        for (old, new) in [
            ("password = { credential = \"imap-password\" }", line), ("poll = \"60s\"", line),
            ("host = \"imap.example.co.jp\"", line),
            ("\nuser =", "\n\(line)\nuser ="), ("\n[mail]", "\n\(line)\n[mail]"),
        ] {
            let found = told(Self.right.replacing(old, with: new)).joined()
            #expect(!found.isEmpty && !found.contains("Geheim7"), "\(found)")
        }
    }
}
