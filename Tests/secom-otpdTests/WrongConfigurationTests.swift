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

    func told(_ text: String) -> [String] {
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
                    ":10: host: a string is written in quotes: \"...\"; the line is: host = imap.example.co.jp"
                ]),
            Wrong(
                "curly quotes", "host = \"imap.example.co.jp\"", "host = “imap.example.co.jp”",
                [
                    ":10: host: “ is not a quote here: a string is enclosed in two \", the ASCII character U+0022; the line is: host = “imap.example.co.jp”"
                ]),
            Wrong(
                "curly end quote", "host = \"imap.example.co.jp\"", "host = \"imap.example.co.jp”",
                [
                    ":10: host: the string that begins with \" ends with ”, a different character: close it with \"; the line is: host = \"imap.example.co.jp”"
                ]),
            Wrong(
                "full-width equals", "host = \"imap.example.co.jp\"", "host ＝ \"imap.example.co.jp\"",
                [
                    ":10: host: ＝ is full-width: write the ASCII =; the line is: host ＝ \"imap.example.co.jp\""
                ]),
            Wrong(
                "full-width key", "host = \"imap.example.co.jp\"", "ｈｏｓｔ = \"imap.example.co.jp\"",
                [
                    ":10: host: ｈ is full-width: write the ASCII h; the line is: ｈｏｓｔ = \"imap.example.co.jp\""
                ]),
            Wrong(
                "ideographic space", "host = \"imap.example.co.jp\"", "host　= \"imap.example.co.jp\"",
                [
                    ":10: host: there is a full-width space (U+3000) here: replace it with an ordinary space, or delete it; the line is: host　= \"imap.example.co.jp\""
                ]),
            Wrong(
                "missing end quote", "host = \"imap.example.co.jp\"", "host = \"imap.example.co.jp",
                [
                    ":10: host: the \" that opens a string here is not closed on this line; the line is: host = \"imap.example.co.jp"
                ]),
            Wrong(
                "missing first quote", "host = \"imap.example.co.jp\"", "host = imap.example.co.jp\"",
                [
                    ":10: host: the opening quote of the string is missing: \"...\"; the line is: host = imap.example.co.jp\""
                ]),
            Wrong(
                "missing equals", "host = \"imap.example.co.jp\"", "host \"imap.example.co.jp\"",
                [
                    ":10: host: a key and its value are separated by =, and there is none here; the line is: host \"imap.example.co.jp\""
                ]),
            Wrong(
                "colon", "host = \"imap.example.co.jp\"", "host: \"imap.example.co.jp\"",
                [
                    ":10: host: a key and its value are separated by =, not by :; the line is: host: \"imap.example.co.jp\""
                ]),
            Wrong(
                "missing bracket", "[[mailbox]]", "[[mailbox]",
                [
                    ":8: a table name is written in brackets, [[...]]: a ] is missing; the line is: [[mailbox]"
                ]),
            Wrong(
                "single brackets", "[[mailbox]]", "[mailbox]",
                [
                    ":8: write [[mailbox]], in double brackets: there may be more than one; the line is: [mailbox]"
                ]),
            Wrong(
                "array not closed", "claim = [\"@daemon\", \"root\"]", "claim = [\"@daemon\", \"root\"",
                [
                    ":3: claim: the [ opened here is never closed: a ] is missing; the line is: claim = [\"@daemon\", \"root\""
                ]),
            Wrong(
                "no comma", "claim = [\"@daemon\", \"root\"]", "claim = [\"@daemon\" \"root\"]",
                [
                    ":3: claim: a comma between two values of the array is missing, or the ] after the last one; the line is: claim = [\"@daemon\" \"root\"]"
                ]),
            Wrong(
                "key twice", "host = \"imap.example.co.jp\"",
                "host = \"imap.example.co.jp\"\nhost = \"imap2.example.co.jp\"",
                [
                    ":11: host: it is set twice: the first time on line 10; the line is: host = \"imap2.example.co.jp\""
                ]),
            Wrong(
                "table twice", "[[mailbox]]", "[mail]\nfrom = \"a@example.co.jp\"\n\n[[mailbox]]",
                [
                    ":8: this table is defined twice: the first definition is on line 5, and all its keys belong there; the line is: [mail]"
                ]),
            Wrong(
                "double brackets", "[mail]", "[[mail]]",
                [
                    ":5: mail: must be a single table, [mail], not a list of tables, [[mail]]"
                ]),
            Wrong(
                "True", "host = \"imap.example.co.jp\"", "host = \"imap.example.co.jp\"\nport = True",
                [
                    ":11: port: only numbers and, in lower case, true and false are written without quotes; a string is written in quotes: \"...\"; the line is: port = True"
                ]),
            Wrong(
                "leading zero", "group = \"daemon\"", "mode = 0660",
                [
                    ":2: mode: a number must not begin with 0; a string, such as a mode, is written in quotes: \"0660\"; the line is: mode = 0660"
                ]),
            Wrong(
                "mode number", "group = \"daemon\"", "mode = 660",
                [
                    ":2: socket.mode: must be a string in quotes, \"...\", not a number"
                ]),
            Wrong(
                "date", "valid_for = \"24h\"", "valid_for = 2026-11-26",
                [
                    ":6: mail.valid_for: must be a DURATION, a string with a unit such as \"500ms\", \"60s\", \"5m\" or \"24h\", not a date"
                ]),
            Wrong(
                "unquoted duration", "poll = \"60s\"", "poll = 60s",
                [
                    ":13: poll: a string is written in quotes: \"...\"; the line is: poll = 60s"
                ]),
            Wrong(
                "number duration", "poll = \"60s\"", "poll = 60",
                [
                    ":13: mailbox \"tokyo\" (line 8): poll: must be a DURATION, a string with a unit such as \"500ms\", \"60s\", \"5m\" or \"24h\", not 60: did you mean \"60s\"?"
                ]),
            Wrong(
                "trailing comma", "password = { credential = \"imap-password\" }",
                "password = { credential = \"imap-password\", }",
                [
                    ":12: password: there must be no comma before the }; do not put the secret itself here, only where to find it: { credential = \"NAME\" }"
                ]),
            Wrong(
                "inline over lines", "password = { credential = \"imap-password\" }",
                "password = {\n  credential = \"imap-password\"\n}",
                [
                    ":12: password: everything in { } must be on one line; do not put the secret itself here, only where to find it: { credential = \"NAME\" }"
                ]),
            Wrong(
                "inline colon", "password = { credential = \"imap-password\" }",
                "password = { credential: \"imap-password\" }",
                [
                    ":12: password: a key and its value are separated by =, not by :; do not put the secret itself here, only where to find it: { credential = \"NAME\" }"
                ]),
            Wrong(
                "string for list", "claim = [\"@daemon\", \"root\"]", "claim = \"root\"",
                [
                    ":3: socket.claim: must be a list of strings in brackets, [\"...\", \"...\"], not a string"
                ]),
            Wrong(
                "unknown key", "poll = \"60s\"", "pol = \"60s\"",
                [
                    ":13: mailbox \"tokyo\" (line 8): pol: unknown key: did you mean poll?"
                ]),
            Wrong(
                "hyphen", "poll = \"60s\"", "eager-poll = \"250ms\"",
                [
                    ":13: mailbox \"tokyo\" (line 8): eager-poll: unknown key: did you mean eager_poll?"
                ]),
            Wrong(
                "wrong table", "poll = \"60s\"", "claim_mark = \"memory\"",
                [
                    ":13: mailbox \"tokyo\" (line 8): claim_mark: belongs in [handoff]: write [handoff] above this line"
                ]),
            Wrong(
                "before any table", "[socket]\n", "host = \"imap.example.co.jp\"\n[socket]\n",
                [
                    ":1: host: belongs in [[mailbox]], below that line"
                ]),
            Wrong(
                "misspelt table", "[mail]", "[mails]",
                [
                    ":5: mails: unknown table: did you mean [mail]?"
                ]),
            Wrong(
                "port text", "host = \"imap.example.co.jp\"", "host = \"imap.example.co.jp\"\nport = \"993\"",
                [
                    ":11: mailbox \"tokyo\" (line 8): port: must be a number without quotes, not a string"
                ]),
            Wrong(
                "port in host", "host = \"imap.example.co.jp\"", "host = \"imap.example.co.jp:993\"",
                [
                    ":10: mailbox \"tokyo\" (line 8): host: must be only the host, \"imap.example.co.jp\": the port goes on a line of its own, port = 993"
                ]),
            Wrong(
                "url as host", "host = \"imap.example.co.jp\"", "host = \"imaps://imap.example.co.jp\"",
                [
                    ":10: mailbox \"tokyo\" (line 8): host: must be a host name or address, in ASCII, without imaps:// and without a path"
                ]),
            Wrong(
                "semicolon", "host = \"imap.example.co.jp\"", "host = \"imap.example.co.jp\";",
                [
                    ":10: host: a line does not end with a ;; the line is: host = \"imap.example.co.jp\";"
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
                    ":10: ca_file: \\u is followed by four hexadecimal digits, and \\U by eight; for a backslash write \\\\",
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
                    ":10: host: a string is written in quotes: \"...\"; the line is: host = imap.example.co.jp",
                    ":11: user: a key and its value are separated by =, and there is none here",
                ]),
            Wrong(
                "empty value", "host = \"imap.example.co.jp\"", "host =",
                [
                    ":10: host: there is no value after the =; the line is: host ="
                ]),
            Wrong(
                "triple quote", "host = \"imap.example.co.jp\"", "host = \"\"\"imap.example.co.jp",
                [
                    ":10: host: the three \" that open a string here are never closed: everything after them was read as part of it; the line is: host = \"\"\"imap.example.co.jp"
                ]),
            Wrong(
                "off remote", "host = \"imap.example.co.jp\"", "host = \"imap.example.co.jp\"\ntls = \"none\"",
                [
                    ":11: mailbox \"tokyo\" (line 8): tls: must be one of \"implicit\", \"starttls\", \"off\", not \"none\""
                ]),
            Wrong(
                "folder list", "poll = \"60s\"", "folder = [\"INBOX\"]",
                [
                    ":13: mailbox \"tokyo\" (line 8): folder: must be a string in quotes, \"...\", not a list"
                ]),
            Wrong(
                "after use", "poll = \"60s\"", "after_use = \"move\"",
                [
                    ":13: mailbox \"tokyo\" (line 8): after_use: must be one of \"seen\", \"keep\", \"delete\", { move = \"FOLDER\" }, not \"move\""
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
            Self.right.replacing("webmaster@example.co.jp", with: "web master"),
            Self.right.replacing("webmaster@example.co.jp", with: "山田（営業）係"),
            Self.right.replacing("\"tokyo\"", with: "\"東京 １\""),
            Self.right.replacing("\"imap-password\"", with: "\"imap password@tokyo\""),
            Self.right.replacing("poll = \"60s\"", with: "after_use = { move = \"使用済み　\" }"),
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
            #expect(
                told(text) == [
                    ":3: socket.claim: there is no user \"\(group)\"; did you mean the group, \"@\(group)\"?"
                ])
        }
        if let user = users.subtracting(groups).sorted().first {
            let text = Self.right.replacing("\"root\"]", with: "\"@\(user)\"]")
            #expect(
                told(text) == [":3: socket.claim: there is no group \"\(user)\"; did you mean the user, \"\(user)\"?"])
        }
        let text = Self.right.replacing("group = \"daemon\"", with: "group = \"@daemon\"")
        #expect(told(text) == [":2: socket.group: takes a group name without the @: \"daemon\""])
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
        #expect(try told([0x61, 0x00, 0x20, 0x00]) == ": is UTF-16 text: save it as UTF-8")
        #expect(try told(Array("a = 1\n# \u{0}".utf8)) == ":2: there is a NUL byte here: delete it")
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
