import ArgumentParser
import CLinux
import Glibc
import Handoff
import Messages
import ProcessRuntime
import Secrets
import ConfigurationFile

/// A reference worker: requests a one-time password from SECOM, claims it from the daemon, logs in, and reports the outcome.
@main
struct Main: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "secom-otp-login",
        abstract: "Requests a one-time password, claims it from secom-otpd, and logs in.",
        discussion: """
            It drives Debian's chromium-headless-shell, following a recipe that describes the pages. Verified only against a \
            replica of the pages that we made ourselves: run it with --look before you trust it.
            Exit status: 0 logged in, 1 refused, 69 a page, the browser or the daemon could not be reached, 70 logged in but \
            the command in `then` failed, 75 no password arrived in time, 77 not allowed, 78 the recipe is wrong or does not \
            match the page.
            """, version: version)

    @Option(help: ArgumentHelp("The file that describes the pages.", valueName: "FILE"), completion: .file())
    var recipe = "/etc/secom-otp-login/recipe.toml"

    @Flag(help: "Go to each form, fill in nothing, and print what is there and what would be done.")
    var look = false

    @Option(
        help: ArgumentHelp(
            "Where to save a picture and a listing of the page on which a login failed.", valueName: "DIRECTORY"),
        completion: .directory)
    var evidence: String?

    @Option(help: ArgumentHelp("Claim only a password from this mailbox of the daemon.", valueName: "NAME"))
    var mailbox: String?

    @Option(help: ArgumentHelp("The address that SECOM sends the password to.", valueName: "ADDRESS"))
    var mail: String?

    static func main() {
        // The access key is in this process: no core dump, no ptrace by a process of the same user.
        _ = linux_set_undumpable()
        BrowserKeeper.runIfMeant(CommandLine.arguments)
        signal(SIGPIPE, SIG_IGN)
        Task(executorPreference: EventLoopExecutor.shared) {
            await main(nil)
            Glibc.exit(0)
        }
        // All the work is done on the event loop.
        while true { pause() }
    }

    func run() async throws {
        let delivery = look ? nil : DeliveryDesk()
        let purpose: Procedure.Purpose = look ? .look : delivery == nil ? .login : .delivered
        if mail == nil, purpose == .login { throw ValidationError("--mail is missing") }
        if let mail { try check(mail) }
        do { try await walk(purpose, delivery) } catch let error as NotBegun {
            // A delivered password that was not used is available to others again.
            await delivery?.giveBack()
            throw error.code
        }
    }

    /// Why the walk could not begin.
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
            // In the operator's language on a terminal; elsewhere it is the log's, which is English.
            let language = isatty(2) == 1 ? Language.current : .english
            throw NotBegun(.configuration, error.lines(in: language).joined(separator: "\n"))
        }
        // The browser's sandbox does not run as root, and the browser is never started without it.
        guard geteuid() != 0 else {
            throw NotBegun(
                .notAllowed,
                "the browser's sandbox does not run as root: run this as another user, or through its unit (secom-otp-login@.service)"
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

    /// The address is typed into a form, and compared with the To field of mails.
    private func check(_ mail: String) throws {
        let halves = mail.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard halves.count == 2, !halves[0].isEmpty, !halves[1].isEmpty, mail.utf8.count <= 254,
            mail.utf8.allSatisfy({ 0x21...0x7E ~= $0 })
        else { throw ValidationError("--mail: \"\(Shown.line(mail))\" is not a mail address") }
    }
}

/// Prints a line for people on standard error.
func complain(_ text: String) {
    writeAll(Array("secom-otp-login: \(text)\n".utf8), to: 2)
}
