import ArgumentParser
import CLinux
import Glibc
import Handoff
import ProcessRuntime
import Secrets
import ConfigurationFile

/// A reference worker: asks SECOM for a one-time password, claims it from the daemon, logs in, and says what became of it.
@main
struct Main: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "secom-otp-login",
        abstract: "Asks for a one-time password, claims it from secom-otpd, and logs in.",
        discussion: """
            In Debian's chromium-headless-shell, by a recipe that says what the pages look like. Verified only against a replica \
            of our own making: run it with --look before you trust it.
            Exit status: 0 logged in, 1 refused, 69 a page or the daemon not reached, 70 logged in but what follows failed, \
            75 no password came, 77 not allowed, 78 the recipe is wrong or does not fit the page.
            """, version: version)

    @Option(help: ArgumentHelp("What the pages look like.", valueName: "FILE"), completion: .file())
    var recipe = "/etc/secom-otp-login/recipe.toml"

    @Flag(help: "Walk to each form, fill in nothing, and print what is there and what would be done.")
    var look = false

    @Option(
        help: ArgumentHelp("Where pictures and prints of failures go.", valueName: "DIRECTORY"), completion: .directory)
    var evidence: String?

    @Option(help: ArgumentHelp("Only from this mailbox of the daemon's.", valueName: "NAME"))
    var mailbox: String?

    @Option(help: ArgumentHelp("Where SECOM sends the password to.", valueName: "ADDRESS"))
    var mail: String?

    static func main() {
        // The access key passes through: no core dump, no ptrace by a process of the same user.
        _ = linux_set_undumpable()
        BrowserKeeper.runIfMeant(CommandLine.arguments)
        signal(SIGPIPE, SIG_IGN)
        Task(executorPreference: EventLoopExecutor.shared) {
            await main(nil)
            Glibc.exit(0)
        }
        // All is done on the event loop.
        while true { pause() }
    }

    func run() async throws {
        let delivery = look ? nil : DeliveryDesk()
        let purpose: Procedure.Purpose = look ? .look : delivery == nil ? .login : .delivered
        if mail == nil, purpose == .login { throw ValidationError("--mail is missing") }
        if let mail { try check(mail) }
        do { try await walk(purpose, delivery) } catch let error as NotBegun {
            // What was delivered, and not looked at, is for somebody else.
            await delivery?.giveBack()
            throw error.code
        }
    }

    /// Why the walk has not begun.
    private struct NotBegun: Error {
        let code: ExitCode
        init(_ status: ExitStatus, _ text: String) {
            complain(text)
            code = ExitCode(status.rawValue)
        }
    }

    private func walk(_ purpose: Procedure.Purpose, _ delivery: DeliveryDesk?) async throws {
        let recipe: Recipe
        do { recipe = try RecipeReader.read(self.recipe) } catch {
            throw NotBegun(.configuration, error.description)
        }
        // Its sandbox does not run as root, and it is never started without.
        guard geteuid() != 0 else {
            throw NotBegun(
                .notAllowed,
                "the browser's sandbox does not run as root: run this as another user, or by its unit (secom-otp-login@.service)"
            )
        }
        let evidence = evidence.map(Evidence.init)
        if let obstacle = evidence?.prepare() { throw NotBegun(.noInput, obstacle) }
        var key: Secret?
        if purpose != .look {
            do { key = try recipe.accessKey.read() } catch {
                throw NotBegun(.noInput, error.description)
            }
        }
        let desk: any PasswordDesk =
            if let delivery { delivery } else if look { NoDesk() } else {
                DaemonDesk(recipe, mail: mail ?? "", mailbox: mailbox)
            }
        let isLook = look
        let walk = Walk(recipe, for: purpose, mail: mail ?? "", desk: desk, accessKey: key, evidence: evidence) {
            line in
            if isLook { writeAll(Array("\(line)\n".utf8), to: 1) } else { complain(line) }
        }
        let ending = await walk.run()
        if ending.status != 0 { throw ExitCode(ending.status) }
    }

    /// It is typed into a form, and compared with a mail's To.
    private func check(_ mail: String) throws {
        let halves = mail.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard halves.count == 2, !halves[0].isEmpty, !halves[1].isEmpty, mail.utf8.count <= 254,
            mail.utf8.allSatisfy({ 0x21...0x7E ~= $0 })
        else { throw ValidationError("--mail: \"\(Shown.line(mail))\" is no mail address") }
    }
}

/// Says something on standard error.
func complain(_ text: String) {
    writeAll(Array("secom-otp-login: \(text)\n".utf8), to: 2)
}
