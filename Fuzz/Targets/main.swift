// fuzz TARGET [libFuzzer's arguments]: see Fuzz/run.

import CFuzzer
import FoundationEssentials
import Glibc
import MIME
import Recognition

/// What each target does with its input, besides not crashing.
let targets: [String: (UnsafePointer<UInt8>?, Int) -> Int32] = [
    "mail": { data, size in
        check(bytes(data, size))
        return 0
    },
    "imap-dialogue": { data, size in
        FuzzedServer.dialogue(bytes(data, size))
        return 0
    },
    "imap-answers": { data, size in
        FuzzedServer.answer(bytes(data, size))
        return 0
    },
    "configuration": { data, size in
        FuzzedConfiguration.check(bytes(data, size))
        return 0
    },
    "varlink-frames": { data, size in
        FuzzedFrames.check(bytes(data, size))
        return 0
    },
    "varlink-service": { data, size in
        FuzzedService.check(bytes(data, size))
        return 0
    },
    "varlink-reply": { data, size in
        FuzzedReplies.check(bytes(data, size))
        return 0
    },
    "varlink-interface": { data, size in
        FuzzedInterface.check(bytes(data, size))
        return 0
    },
    "letter": { data, size in
        // Past the header's rules at once.
        check(Array(FuzzedLetter.header.utf8) + bytes(data, size))
        return 0
    },
    "html": { data, size in
        check(Array((FuzzedLetter.header + "Content-Type: text/html; charset=utf-8\n\n").utf8) + bytes(data, size))
        return 0
    },
    "authentication": { data, size in
        let field = bytes(data, size).map { $0 == 0x0A ? 0x20 : $0 }
        check(Array("Authentication-Results: ".utf8) + field + Array("\n\(FuzzedLetter.header)\n".utf8))
        return 0
    },
    "entity": { data, size in
        let message = bytes(data, size)
        let entity = Entity(message[...], limits: Limits())
        if let parts = try? entity.textParts(limits: Limits()) {
            for part in parts { _ = try? part.text(limits: Limits()) }
        }
        return 0
    },
    "encoded-word": { data, size in
        let text = HeaderText.decode(bytes(data, size)[...])
        precondition(String(validating: text, as: UTF8.self) != nil, "not UTF-8")
        return 0
    },
    "charset": { data, size in
        // The first byte chooses the label.
        let labels = [
            "", "utf-8", "iso-2022-jp", "shift_jis", "euc-jp", "utf-16", "iso-8859-1", "gb2312", "euc-kr", "big5",
            "koi8-r",
        ]
        let input = bytes(data, size)
        guard let first = input.first else { return 0 }
        let label = labels[Int(first) % labels.count]
        let text = Charset.decode(input.dropFirst(), label: Array(label.utf8))
        precondition(String(validating: text, as: UTF8.self) != nil, "not UTF-8")
        precondition(text.count <= 4 * input.count + 16, "grows without bound")
        return 0
    },
    "address": { data, size in
        let list = AddressList(bytes(data, size)[...])
        precondition(list.addresses.count <= size, "more addresses than bytes")
        _ = DateTime.parse(bytes(data, size)[...])
        _ = ParameterizedField(bytes(data, size)[...]).parameter("boundary")
        return 0
    },
    "url": { data, size in
        guard let url = try? LoginURL(bytes(data, size), hosts: ["www.login.secomtrust.net"]) else { return 0 }
        // Whoever else reads it must go to the same host: FoundationEssentials has a parser of its own.
        guard let other = URL(string: url.string) else { return 0 }
        precondition(other.host()?.lowercased() == "www.login.secomtrust.net" && other.user() == nil, "two readings")
        precondition(other.scheme?.lowercased() == "https" && (other.port ?? 443) == 443, "two readings")
        return 0
    },
]

func bytes(_ data: UnsafePointer<UInt8>?, _ size: Int) -> [UInt8] {
    Array(UnsafeBufferPointer(start: data, count: size))
}

/// The rules by which a mail is read: the defaults with what a gateway adds, and everything that can be configured.
let rulesets: [RecognitionRules] = {
    var plain = RecognitionRules()
    plain.subjectPrefixes = ["[x]"]
    var authenticated = plain
    authenticated.authservID = "mx.example.co.jp"
    authenticated.requireAuthentication = [.dmarc, .spf]
    var other = RecognitionRules()
    other.subjectPrefixes = ["[x *]", "[*]", "*****SPAM*****"]
    other.subjectSuffixes = ["(x)"]
    other.passwordLabels = ["ワンタイムパスワード", "One-Time Password", "コード", "(コード)"]
    other.loginURLLabels = ["URL", "ログインURL"]
    other.loginPaths = ["/", "/customer/customer/pfw/pfw-public-user-login.do"]
    var exchange = other
    exchange.authservID = ""
    exchange.requireAuthentication = [.dmarc]
    return [plain, authenticated, other, exchange]
}()

/// The whole way, and what must hold of any verdict.
func check(_ message: [UInt8]) {
    for rules in rulesets {
        let reading = Recognition(of: message, internalDate: nil, rules: rules)
        switch reading.verdict {
        case .accepted(let accepted):
            precondition(4...64 ~= accepted.password.count, "a password of another length")
            precondition(accepted.password.withBytes { $0.allSatisfy { 0x21...0x7E ~= $0 } }, "another alphabet")
            let again = try? LoginURL(accepted.loginURL.string.utf8, hosts: rules.loginHosts, paths: rules.loginPaths)
            precondition(again == accepted.loginURL, "a URL that is not allowed")
        case .refused(let refusal):
            let detail = refusal.detail.description
            precondition(detail.utf8.count < 1_000, "an endless detail")
            precondition(!detail.utf8.contains { $0 < 0x20 }, "a control character in the detail")
        }
    }
}

enum FuzzedLetter {
    static let header =
        "From: ra-support@secom.co.jp\nSubject: お客様専用画面ログイン用ワンタイムパスワードのご案内\nDate: Tue, 10 Mar 2026 09:30:00 +0900\n"
}

/// Seconds that the process has used of a processor. The clock, which libFuzzer's -timeout goes by, tells how busy the machine is.
func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

var arguments = CommandLine.arguments
guard arguments.count > 1, let chosen = targets[arguments.remove(at: 1)] else {
    print(targets.keys.sorted().joined(separator: "\n"))
    exit(CommandLine.arguments.count > 1 ? 64 : 0)
}
// libFuzzer calls from one thread.
nonisolated(unsafe) let target = chosen
var argc = Int32(arguments.count)
var argv: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = .allocate(capacity: arguments.count + 1)
for (index, argument) in arguments.enumerated() { argv?[index] = strdup(argument) }
argv?[arguments.count] = nil
exit(
    LLVMFuzzerRunDriver(&argc, &argv) { data, size in
        let begun = processorTime()
        defer { precondition(processorTime() - begun < 1, "takes more than a second of a processor") }
        return target(data, size)
    })
