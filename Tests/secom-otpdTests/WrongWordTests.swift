import Testing
import Trials

@testable import secom_otpd

/// What people get wrong within a value or a line, and what they are told.
extension WrongConfigurationTests {
    /// Characters that nobody sees, and words of other languages and files.
    @Test(
        arguments: chosen([
            Wrong(
                "space behind host", "host = \"imap.example.co.jp\"", "host = \"imap.example.co.jp \"",
                [
                    ":10: mailbox \"tokyo\" (line 8): host: contains a space (U+0020) after \"imap.example.co.jp\": delete it"
                ]),
            Wrong(
                "no-break space behind host", "host = \"imap.example.co.jp\"", "host = \"imap.example.co.jp\u{A0}\"",
                [
                    ":10: mailbox \"tokyo\" (line 8): host: contains a no-break space (U+00A0) after \"imap.example.co.jp\": delete it"
                ]),
            Wrong(
                "zero-width space in host", "host = \"imap.example.co.jp\"", "host = \"\u{200B}imap.example.co.jp\"",
                [
                    ":10: mailbox \"tokyo\" (line 8): host: contains a zero-width space (U+200B) at the beginning: delete it"
                ]),
            Wrong(
                "full-width host", "host = \"imap.example.co.jp\"", "host = \"imap．example.co.jp\"",
                [
                    ":10: mailbox \"tokyo\" (line 8): host: contains the full-width ． after \"imap\": write the ASCII ."
                ]),
            Wrong(
                "Japanese host", "host = \"imap.example.co.jp\"", "host = \"メール.example.co.jp\"",
                [
                    ":10: mailbox \"tokyo\" (line 8): host: contains メ (U+30E1) at the beginning: a host name is in ASCII, an international one in its xn-- form"
                ]),
            Wrong(
                "tab in host", "host = \"imap.example.co.jp\"", "host = \"imap\t.example.co.jp\"",
                [
                    ":10: mailbox \"tokyo\" (line 8): host: contains a tab (U+0009) after \"imap\": delete it"
                ]),
            Wrong(
                "variable as host", "host = \"imap.example.co.jp\"", "host = \"${IMAP_HOST}\"",
                [
                    ":10: mailbox \"tokyo\" (line 8): host: must be the host name or address itself: variables are not expanded here"
                ]),
            Wrong(
                "space behind user", "user = \"webmaster@example.co.jp\"", "user = \"webmaster \"",
                [
                    ":11: mailbox \"tokyo\" (line 8): user: contains a space (U+0020) at the end: delete it"
                ]),
            Wrong(
                "full-width space before user", "user = \"webmaster@example.co.jp\"", "user = \"　webmaster\"",
                [
                    ":11: mailbox \"tokyo\" (line 8): user: contains a full-width space (U+3000) at the beginning: delete it"
                ]),
            Wrong(
                "full-width user", "user = \"webmaster@example.co.jp\"", "user = \"ｗebmaster\"",
                [
                    ":11: mailbox \"tokyo\" (line 8): user: contains the full-width ｗ at the beginning: write the ASCII w"
                ]),
            Wrong(
                "full-width at sign", "user = \"webmaster@example.co.jp\"", "user = \"webmaster＠example.co.jp\"",
                [
                    ":11: mailbox \"tokyo\" (line 8): user: contains the full-width ＠ as character 10: write the ASCII @"
                ]),
            Wrong(
                "tab in user", "user = \"webmaster@example.co.jp\"", "user = \"web\tmaster\"",
                [
                    ":11: mailbox \"tokyo\" (line 8): user: contains a tab (U+0009) as character 4: delete it"
                ]),
            Wrong(
                "space behind name", "name = \"tokyo\"", "name = \"tokyo \"",
                [
                    ":9: mailbox \"tokyo \" (line 8): name: contains a space (U+0020) after \"tokyo\": delete it"
                ]),
            Wrong(
                "space behind credential", "password = { credential = \"imap-password\" }",
                "password = { credential = \"imap-password \" }",
                [
                    ":12: mailbox \"tokyo\" (line 8): password.credential: contains a space (U+0020) at the end: delete it"
                ]),
            Wrong(
                "dash in credential", "password = { credential = \"imap-password\" }",
                "password = { credential = \"imap–password\" }",
                [
                    ":12: mailbox \"tokyo\" (line 8): password.credential: must be the name of a credential, in ASCII, without a slash or a colon"
                ]),
            Wrong(
                "space behind host in mail", "valid_for = \"24h\"", "login_hosts = [\"login.example.jp \"]",
                [
                    ":6: mail.login_hosts: contains a space (U+0020) after \"login.example.jp\": delete it"
                ]),
            Wrong(
                "full-width from", "valid_for = \"24h\"", "from = \"ra@example．jp\"",
                [
                    ":6: mail.from: contains the full-width ． after \"ra@example\": write the ASCII ."
                ]),
            Wrong(
                "tab in list", "valid_for = \"24h\"", "subject_prefixes = [\"a\tb\"]",
                [
                    ":6: mail.subject_prefixes[1]: contains a tab (U+0009) after \"a\": delete it"
                ]),
            Wrong(
                "escape in string", "host = \"imap.example.co.jp\"", "host = \"imap\u{1B}.example.co.jp\"",
                [
                    ":10: host: the string contains an escape character (U+001B): delete it"
                ]),
            Wrong(
                "form feed", "host = \"imap.example.co.jp\"", "\u{C}host = \"imap.example.co.jp\"",
                [
                    ":10: there is a form feed (U+000C) here: delete it; the line is: host = \"imap.example.co.jp\""
                ]),
            Wrong(
                "full-width indentation", "host = \"imap.example.co.jp\"", "　host = \"imap.example.co.jp\"",
                [
                    ":10: there is a full-width space (U+3000) here: replace it with an ordinary space, or delete it; the line is: host = \"imap.example.co.jp\""
                ]),
            Wrong(
                "full-width blank line", "host = \"imap.example.co.jp\"", "host = \"imap.example.co.jp\"\n　",
                [
                    ":11: there is a full-width space (U+3000) here: replace it with an ordinary space, or delete it"
                ]),
            Wrong(
                "Cyrillic key", "user = \"webmaster@example.co.jp\"", "uѕer = \"webmaster@example.co.jp\"",
                [
                    ":11: user: ѕ (U+0455) only looks like the letter s: type it again"
                ]),
            Wrong(
                "long vowel in key", "poll = \"60s\"", "pollー = \"60s\"",
                [
                    ":13: poll: a key contains ー (U+30FC): only A-Z, a-z, 0-9, - and _ are allowed, unless it is in quotes (\"...\"); a comment begins with #"
                ]),
            Wrong(
                "True as tls", "host = \"imap.example.co.jp\"", "host = \"imap.example.co.jp\"\ntls = True",
                [
                    ":11: tls: only numbers and, in lower case, true and false are written without quotes; a string is written in quotes: \"...\"; it can be one of \"implicit\", \"starttls\", \"off\"; the line is: tls = True"
                ]),
            Wrong(
                "true as tls", "host = \"imap.example.co.jp\"", "host = \"imap.example.co.jp\"\ntls = true",
                [
                    ":11: mailbox \"tokyo\" (line 8): tls: must be one of \"implicit\", \"starttls\", \"off\", not true or false"
                ]),
            Wrong(
                "on as after_use", "poll = \"60s\"", "after_use = on",
                [
                    ":13: after_use: only numbers and, in lower case, true and false are written without quotes; a string is written in quotes: \"...\"; it can be one of \"seen\", \"keep\", \"delete\", { move = \"FOLDER\" }; the line is: after_use = on"
                ]),
            Wrong(
                "no as poll", "poll = \"60s\"", "poll = no",
                [
                    ":13: poll: only numbers and, in lower case, true and false are written without quotes; a string is written in quotes: \"...\"; the line is: poll = no"
                ]),
            Wrong(
                "capital in tls", "host = \"imap.example.co.jp\"", "host = \"imap.example.co.jp\"\ntls = \"StartTLS\"",
                [
                    ":11: mailbox \"tokyo\" (line 8): tls: must be one of \"implicit\", \"starttls\", \"off\", not \"StartTLS\": did you mean \"starttls\"?"
                ]),
            Wrong(
                "capital in after_use", "poll = \"60s\"", "after_use = \"Seen\"",
                [
                    ":13: mailbox \"tokyo\" (line 8): after_use: must be one of \"seen\", \"keep\", \"delete\", { move = \"FOLDER\" }, not \"Seen\": did you mean \"seen\"?"
                ]),
            Wrong(
                "other table in after_use", "poll = \"60s\"", "after_use = { folder = \"Used\" }",
                [
                    ":13: mailbox \"tokyo\" (line 8): after_use: must have only move, as in { move = \"FOLDER\" }"
                ]),
            Wrong(
                "move onto itself", "poll = \"60s\"", "after_use = { move = \"Inbox\" }",
                [
                    ":13: mailbox \"tokyo\" (line 8): after_use: would move mail to the watched folder itself, \"INBOX\""
                ]),
            Wrong(
                "authorities without TLS", "host = \"imap.example.co.jp\"",
                "host = \"localhost\"\ntls = \"off\"\nca_file = \"/nonexistent\"",
                [
                    ":12: mailbox \"tokyo\" (line 8): ca_file: is not allowed with tls = \"off\": remove it"
                ]),
            Wrong(
                "missing authorities", "host = \"imap.example.co.jp\"",
                "host = \"imap.example.co.jp\"\nca_file = \"/nonexistent\"",
                [
                    ":11: mailbox \"tokyo\" (line 8): ca_file: /nonexistent cannot be read: No such file or directory; in its unit the daemon sees only /etc, /run, /usr, /var/lib, /opt and /srv, and what BindReadOnlyPaths= adds"
                ]),
            Wrong(
                "folder of authorities", "host = \"imap.example.co.jp\"",
                "host = \"imap.example.co.jp\"\nca_file = \"/etc\"",
                [
                    ":11: mailbox \"tokyo\" (line 8): ca_file: /etc cannot be read: Is a directory"
                ]),
            Wrong(
                "slashes at the beginning", "host = \"imap.example.co.jp\"", "// host = \"imap.example.co.jp\"",
                [
                    ":10: a comment begins with #, not with //"
                ]),
            Wrong(
                "semicolon at the beginning", "poll = \"60s\"", "; poll = \"60s\"",
                [
                    ":13: a comment begins with #, not with ;"
                ]),
            Wrong(
                "merge conflict", "poll = \"60s\"", "<<<<<<< HEAD\npoll = \"60s\"",
                [
                    ":13: a merge conflict was left here: keep one of the two versions, and delete this line"
                ]),
            Wrong(
                "credential in brackets", "password = { credential = \"imap-password\" }",
                "password = [ credential = \"imap-password\" ]",
                [
                    ":12: password: a key and its value are written in { }, not in [ ]; do not put the secret itself here, only where to find it: { credential = \"NAME\" }"
                ]),
            Wrong(
                "full-width header", "[[mailbox]]", "［［mailbox］］",
                [
                    ":8: ［ is full-width: write the ASCII ["
                ]),
            Wrong(
                "duration 60", "poll = \"60s\"", "poll = \"60\"",
                [
                    ":13: mailbox \"tokyo\" (line 8): poll: must be a DURATION, a string with a unit such as \"500ms\", \"60s\", \"5m\" or \"24h\", not \"60\": did you mean \"60s\"?"
                ]),
            Wrong(
                "duration 1d", "poll = \"60s\"", "poll = \"1d\"",
                [
                    ":13: mailbox \"tokyo\" (line 8): poll: must be a DURATION, a string with a unit such as \"500ms\", \"60s\", \"5m\" or \"24h\", not \"1d\": did you mean \"24h\"?"
                ]),
            Wrong(
                "duration 1 min", "poll = \"60s\"", "poll = \"1 min\"",
                [
                    ":13: mailbox \"tokyo\" (line 8): poll: must be a DURATION, a string with a unit such as \"500ms\", \"60s\", \"5m\" or \"24h\", not \"1 min\": did you mean \"1m\"?"
                ]),
            Wrong(
                "duration 0.5s", "poll = \"60s\"", "poll = \"0.5s\"",
                [
                    ":13: mailbox \"tokyo\" (line 8): poll: must be a DURATION, a string with a unit such as \"500ms\", \"60s\", \"5m\" or \"24h\", not \"0.5s\": did you mean \"500ms\"?"
                ]),
            Wrong(
                "duration 60S", "poll = \"60s\"", "poll = \"60S\"",
                [
                    ":13: mailbox \"tokyo\" (line 8): poll: must be a DURATION, a string with a unit such as \"500ms\", \"60s\", \"5m\" or \"24h\", not \"60S\": did you mean \"60s\"?"
                ]),
            Wrong(
                "duration 30秒", "poll = \"60s\"", "poll = \"30秒\"",
                [
                    ":13: mailbox \"tokyo\" (line 8): poll: must be a DURATION, a string with a unit such as \"500ms\", \"60s\", \"5m\" or \"24h\", not \"30秒\": did you mean \"30s\"?"
                ]),
            Wrong(
                "duration ３０ｓ", "poll = \"60s\"", "poll = \"３０ｓ\"",
                [
                    ":13: mailbox \"tokyo\" (line 8): poll: must be a DURATION, a string with a unit such as \"500ms\", \"60s\", \"5m\" or \"24h\", not \"３０ｓ\": did you mean \"30s\"?"
                ]),
            Wrong(
                "duration -5s", "poll = \"60s\"", "poll = \"-5s\"",
                [
                    ":13: mailbox \"tokyo\" (line 8): poll: must be a DURATION, a string with a unit such as \"500ms\", \"60s\", \"5m\" or \"24h\", not \"-5s\", which is negative"
                ]),
            Wrong(
                "duration 99999999999999999999s", "poll = \"60s\"", "poll = \"99999999999999999999s\"",
                [
                    ":13: mailbox \"tokyo\" (line 8): poll: must be a DURATION, a string with a unit such as \"500ms\", \"60s\", \"5m\" or \"24h\", not \"99999999999999999999s\", which is too large"
                ]),
            Wrong(
                "duration soon", "poll = \"60s\"", "poll = \"soon\"",
                [
                    ":13: mailbox \"tokyo\" (line 8): poll: must be a DURATION, a string with a unit such as \"500ms\", \"60s\", \"5m\" or \"24h\", not \"soon\""
                ]),
        ])) func whatIsToldOfCharactersAndWords(_ wrong: Wrong)
    {
        whatIsTold(wrong)
    }

    /// Keys and tables in the wrong place: what is missing for it is not told besides.
    @Test(
        arguments: chosen([
            Wrong(
                "name in the header", "[[mailbox]]", "[mailbox.main]",
                [
                    ":8: mailbox: write [[mailbox]], with name = \"main\" below it, instead of [mailbox.main]"
                ]),
            Wrong(
                "password as a table", "password = { credential = \"imap-password\" }\npoll = \"60s\"",
                "[password]\ncredential = \"imap-password\"",
                [
                    ":12: password: write [mailbox.password], or password = { ... } in [[mailbox]]"
                ]),
            Wrong(
                "no header", "[[mailbox]]\n", "",
                [
                    ":8: mail.name: belongs in [[mailbox]]: write [[mailbox]] above this line"
                ]),
            Wrong(
                "key in another table", "valid_for = \"24h\"\n\n[[mailbox]]\n", "poll = \"60s\"\n\n[[mailbox]]\n",
                [
                    ":6: mail.poll: belongs in [[mailbox]], below that line"
                ]),
            Wrong(
                "table that is not there", "name = \"tokyo\"", "name = \"tokyo\"\nclaim_mark = \"memory\"",
                [
                    ":10: mailbox \"tokyo\" (line 8): claim_mark: belongs in [handoff], a table of its own"
                ]),
            Wrong(
                "plural table", "[[mailbox]]", "[[mailboxes]]",
                [
                    ":8: mailboxes: unknown table: did you mean [[mailbox]]?"
                ]),
            Wrong(
                "capital table", "[mail]", "[Mail]",
                [
                    ":5: Mail: unknown table: did you mean [mail]?"
                ]),
            Wrong(
                "long name", "name = \"tokyo\"",
                "name = \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"",
                [
                    ":9: mailbox 1 (line 8): name: must have at most 64 bytes, not 65"
                ]),
        ])) func whatIsToldOfPlaces(_ wrong: Wrong)
    {
        whatIsTold(wrong)
    }

    /// One message, not one for each line.
    @Test(
        arguments: chosen([
            (
                "{\n  \"mailbox\": [ { \"name\": \"main\" } ]\n}",
                ": this looks like JSON, but must be TOML, as in the installed example"
            ),
            (
                "# ours\nmailbox:\n  - name: main\n",
                ": this looks like YAML, but must be TOML, as in the installed example"
            ),
            (
                "---\nmailbox:\n  - name: main\n",
                ": this looks like YAML, but must be TOML, as in the installed example"
            ),
            (
                "root:x:0:0::/:/bin/sh\nbin:x:1:1::/:\n",
                ": this is not TOML: it has no key = value; see the installed example"
            ),
        ])) func whatIsToldOfOtherFormats(_ text: String, _ expected: String)
    {
        #expect(told(text) == [expected])
    }
}
