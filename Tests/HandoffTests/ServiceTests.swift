import Foundation
@testable import Ledger
import Messages
import ProcessRuntime
import Secrets
import Synchronization
import Testing
import Trials
import Varlink

@testable import Handoff

/// Mailboxes whose server grants every mark at once, or none.
private struct Records: RecordKeeper {
    /// Whether somebody waits for a mail, as the mailboxes are told.
    final class Awaited: Sendable {
        private let until = Mutex<Duration?>(nil)
        let custodian = Mutex<Custodian?>(nil)
        func set(_ duration: Duration?) { until.withLock { $0 = duration } }
        var isSo: Bool { until.withLock { $0 != nil } }
    }

    var result = RecordResult.done
    let awaited = Awaited()
    func change(_ id: PasswordID, _ change: RecordChange, _ key: MessageKey) {
        let custodian = awaited.custodian.withLock { $0 }
        Task { await custodian?.recordChanged(id, change, key, result) }
    }
    func expectMail(in mailbox: String, for duration: Duration?) { awaited.set(duration) }
    func remember(_ entry: Memory.Entry) {}
}

/// Looks that find what they are told to.
private struct Checks: MailboxChecks {
    var answers = [CheckAnswer(lines: ["one", "more"], isOK: false), CheckAnswer(lines: ["two"], isOK: true)]
    var error: CheckError?

    func check(
        _ mailbox: String?, in language: Language, tell: @escaping @Sendable (CheckAnswer) async -> Void
    ) async throws(CheckError) -> CheckAnswer {
        if let error { throw error }
        if mailbox == "language" { return CheckAnswer(lines: [language.code], isOK: true) }
        if let mailbox { return CheckAnswer(lines: [mailbox], isOK: true) }
        for answer in answers.dropLast() { await tell(answer) }
        return answers[answers.count - 1]
    }
}

/// A daemon's inside on a socket of its own.
private struct Service {
    let path: String
    let custodian: Custodian
    let definition: InterfaceDefinition
    let awaited: Records.Awaited

    func arrive(_ uid: UInt32, _ text: String, recipient: String? = nil) async {
        let now = Date()
        await custodian.arrived(
            Password(
                id: PasswordID(mailbox: "main", uidValidity: 1, uid: uid), recipient: recipient,
                secret: Secret(text.utf8), loginURL: "https://login.example/", issuedAt: now,
                expiresAt: now.addingTimeInterval(86_400)), .unmarked)
    }

    func client() async throws -> HandoffClient { try await HandoffClient(connectingTo: path, on: .shared) }

    func check(_ reply: JSON.Object, of method: String) throws {
        try definition.check(reply, against: try #require(definition.methods[method]).output)
    }
}

@Suite(.timeLimit(.minutes(15))) struct ServiceTests {
    private func serve(
        _ records: Records = Records(), mayClaim: Access? = nil, maySeeStatus: Access? = nil,
        checks: any MailboxChecks = Checks(),
        _ body: (Service) async throws -> Void
    ) async throws {
        let path = FileManager.default.temporaryDirectory.path + "/handoff-\(UUID().uuidString.prefix(8)).sock"
        let executor = EventLoopExecutor.shared
        let custodian = Custodian(
            mailboxes: ["main"], keeper: records, clock: SystemClock { try await executor.sleep(for: $0) },
            executor: executor)
        records.awaited.custodian.withLock { $0 = custodian }
        await custodian.opened("main", WatchedMailbox(account: "main"), uidValidity: 1, uidNext: 1, keepsMarks: true)
        await custodian.searched("main")
        let report = MailboxReport(
            name: "main", state: "retrying", arrival: "idle", claims: "exclusive", lastRoundTripAt: Date(),
            lastArrivalAt: Date(), nextAttemptAt: Date(), reconnects: 2, error: "no route")
        let interface = try HandoffInterface(
            version: "1", custodian: custodian, access: { AccessLists(claim: mayClaim, status: maySeeStatus) },
            mailboxes: { [report, MailboxReport(name: "other", state: "connecting")] }, checks: checks)
        let info = ServiceInfo(vendor: "v", product: "p", version: "1", url: "https://example.org/")
        let server = try await VarlinkServer(
            on: ListeningSocket(path: path, mode: 0o600), service: VarlinkService(info, interfaces: [interface]),
            limits: .handoff, eventLoop: executor.eventLoop, executor: executor)
        async let run: Void = server.run()
        let result: Result<Void, any Error>
        do {
            try await body(
                Service(path: path, custodian: custodian, definition: interface.definition, awaited: records.awaited))
            result = .success(())
        } catch { result = .failure(error) }
        await custodian.stop()
        server.stop()
        await run
        try result.get()
    }

    private func failure(_ body: () async throws -> Void) async -> ClaimError? {
        do { try await body() } catch HandoffClient.Failure.handoff(let error) { return error } catch {}
        return nil
    }

    @Test func claimedSettledTold() async throws {
        try await serve { service in
            await service.arrive(1, "abcdefghij", recipient: "a@example.jp")
            let client = try await service.client()
            let password = try await client.claim(.init())
            try service.check(["oneTimePassword": .object(password)], of: "Claim")
            #expect(password["password"] == "abcdefghij")
            #expect(password["id"] == "main/1/1")
            #expect(password["recipient"] == "a@example.jp")
            var status = try await client.status()
            try service.check(status, of: "Status")
            #expect(status["passwords"]?.array?.first?.object?["state"] == "claimed")
            try await client.settle("main/1/1", .used)
            status = try await client.status()
            #expect(status["passwords"]?.array?.first?.object?["state"] == "used")
            #expect(status["mailboxes"]?.array?.count == 2)
            #expect(!String(decoding: JSON.object(status).bytes, as: UTF8.self).contains("abcdefghij"))
        }
    }

    @Test(arguments: chosen(PasswordState.allCases)) func everyStateIsDeclared(_ state: PasswordState) throws {
        let definition = try InterfaceText.handoff()
        let id = PasswordID(mailbox: "main", uidValidity: 1, uid: 1)
        let status = PasswordStatus(
            id: id, recipient: nil, state: state, reason: nil, detail: nil, issuedAt: nil, expiresAt: Date())
        try definition.check(
            ["version": "1", "mailboxes": [], "passwords": [status.json]],
            against: try #require(definition.methods["Status"]).output)
    }

    @Test func errors() async throws {
        try await serve { service in
            let client = try await service.client()
            #expect(await failure { _ = try await client.claim(.init()) } == .noPassword)
            var request = HandoffClient.Request()
            request.mailbox = "elsewhere"
            #expect(await failure { _ = try await client.claim(request) } == .unknownMailbox("elsewhere"))
            #expect(await failure { try await client.settle("main/1/9", .used) } == .notClaimed(id: "main/1/9"))
        }
        try await serve(Records(result: .refused(reason: "cut"))) { service in
            await service.arrive(1, "abcdefghij")
            let client = try await service.client()
            // At once, however long it would wait.
            var request = HandoffClient.Request()
            request.waitSeconds = 600
            #expect(await failure { _ = try await client.claim(request) } == .markFailed(reason: "cut"))
            #expect(await service.custodian.statuses.map(\.state) == [.available])
        }
    }

    @Test(
        arguments: chosen([
            ClaimError.noPassword, .unknownMailbox("m"), .notClaimed(id: "i"), .markFailed(reason: "r"),
        ])) func errorsAreThoseOfTheInterface(_ error: ClaimError) throws
    {
        let definition = try InterfaceText.handoff()
        let name = try #require(error.varlink(in: .english).name.split(separator: ".").last.map(String.init))
        try definition.check(error.varlink(in: .english).parameters, against: try #require(definition.errors[name]))
        #expect(ClaimError(error.varlink(in: .english)) == error)
    }

    @Test(
        arguments: chosen([
            ("issuedAfter", JSON.string("yesterday")), ("waitSeconds", -1), ("waitSeconds", 3601), ("waitSeconds", "1"),
            ("mailbox", 1), ("unknown", true),
        ])) func parametersThatWillNotDo(_ name: String, _ value: JSON) async throws
    {
        try await serve { service in
            let client = try await VarlinkClient(
                connectingTo: service.path, on: EventLoopExecutor.shared.eventLoop)
            await #expect(throws: VarlinkClientError.error(.invalidParameter(name))) {
                try await client.call("org.secom-otpd.Handoff.Claim", JSON.Object(dictionaryLiteral: (name, value)))
            }
        }
    }

    @Test(arguments: chosen([("ja", "ja"), ("en", "en"), ("fr", "en"), (nil, "en")] as [(String?, String)]))
    func whatPeopleReadIsInTheLanguageThatIsAskedFor(asked: String?, language: String) async throws {
        try await serve(Records(result: .refused(reason: Text(errno: EIO)))) { service in
            await service.arrive(1, "abcdefghij")
            let client = try await VarlinkClient(
                connectingTo: service.path, on: EventLoopExecutor.shared.eventLoop)
            func call(_ method: String, _ parameters: JSON.Object) async throws(VarlinkClientError) -> JSON.Object {
                var parameters = parameters
                parameters["language"] = JSON(asked)
                return try await client.call("org.secom-otpd.Handoff.\(method)", parameters)
            }
            let reason = Text(errno: EIO).rendered(in: Language(code: language))
            await #expect(
                throws: VarlinkClientError.error(
                    ClaimError.markFailed(reason: Text(verbatim: reason)).varlink(in: .english))
            ) {
                _ = try await call("Claim", [:])
            }
            try await client.call(
                "org.secom-otpd.Handoff.Check", ["mailbox": "language", "language": JSON(asked)]
            ) { #expect($0["lines"] == .array([.string(language)])) }
        }
    }

    @Test func whoIsNotOnTheListIsDenied() async throws {
        let nobody = try Access(["4294967000"])
        try await serve(mayClaim: nobody) { service in
            let client = try await VarlinkClient(
                connectingTo: service.path, on: EventLoopExecutor.shared.eventLoop)
            for (method, parameters) in [("Claim", [:]), ("Settle", ["id": "x", "outcome": "used"])]
                as [(String, JSON.Object)]
            {
                await #expect(throws: VarlinkClientError.error(.permissionDenied())) {
                    try await client.call("org.secom-otpd.Handoff.\(method)", parameters)
                }
            }
            _ = try await client.call("org.secom-otpd.Handoff.Status")
        }
        try await serve(mayClaim: try Access(["\(getuid())"]), maySeeStatus: nobody) { service in
            let client = try await VarlinkClient(
                connectingTo: service.path, on: EventLoopExecutor.shared.eventLoop)
            await #expect(throws: VarlinkClientError.error(.permissionDenied())) {
                try await client.call("org.secom-otpd.Handoff.Status")
            }
            await #expect(throws: VarlinkClientError.error(ClaimError.noPassword.varlink(in: .english))) {
                try await client.call("org.secom-otpd.Handoff.Claim")
            }
        }
    }

    /// Whoever hangs up while waiting gets nothing, and who comes after gets it.
    @Test func aWaitEndsWithItsConnection() async throws {
        try await serve { service in
            let gone = try await service.client()
            var request = HandoffClient.Request()
            request.waitSeconds = 600
            let waiting = Task { [request] in try await gone.claim(request) }
            while !service.awaited.isSo { await Task.yield() }
            waiting.cancel()
            _ = await waiting.result
            // What arrives before the service has seen the end of the connection is in doubt, and rightly so.
            while service.awaited.isSo { await Task.yield() }
            let other = try await service.client()
            await service.arrive(1, "abcdefghij")
            request.waitSeconds = 600
            #expect(try await other.claim(request)["password"] == "abcdefghij")
        }
    }

    @Test func theEndOfAConnectionLeavesWhatItClaimedInDoubt() async throws {
        try await serve { service in
            await service.arrive(1, "abcdefghij")
            var client: HandoffClient? = try await service.client()
            _ = try await client?.claim(.init())
            client = nil
            while await service.custodian.statuses.map(\.state) != [.inDoubt] { await Task.yield() }
            let other = try await service.client()
            #expect(await failure { _ = try await other.claim(.init()) } == .noPassword)
            var request = HandoffClient.Request()
            request.includesInDoubt = true
            #expect(try await other.claim(request)["id"] == "main/1/1")
        }
    }

    private func check(_ service: Service, _ mailbox: String? = nil) async throws -> (told: [CheckAnswer], isOK: Bool) {
        let told = Mutex<[CheckAnswer]>([])
        let isOK = try await service.client().check(mailbox) { answer in told.withLock { $0.append(answer) } }
        return (told.withLock { $0 }, isOK)
    }

    @Test func aCheckHasAReplyAMailbox() async throws {
        try await serve { service in
            let all = try await check(service)
            #expect(all.told == Checks().answers && !all.isOK)
            for answer in all.told { try service.check(answer.json, of: "Check") }
            let one = try await check(service, "main")
            #expect(one.told == [CheckAnswer(lines: ["main"], isOK: true)] && one.isOK)
        }
    }

    @Test func aCheckIsAskedForWithMoreByWhoMayAskForStatus() async throws {
        try await serve { service in
            let client = try await VarlinkClient(connectingTo: service.path, on: EventLoopExecutor.shared.eventLoop)
            await #expect(throws: VarlinkClientError.error(.expectedMore)) {
                try await client.call("org.secom-otpd.Handoff.Check")
            }
        }
        for (status, isAllowed) in [(try Access(["4294967000"]), false), (try Access(["\(getuid())"]), true)] {
            try await serve(mayClaim: try Access(["4294967000"]), maySeeStatus: status) { service in
                let client = try await service.client()
                do {
                    _ = try await client.check(nil) { _ in }
                    #expect(isAllowed)
                } catch HandoffClient.Failure.client(.error(let error)) {
                    #expect(error == .permissionDenied() && !isAllowed)
                }
            }
        }
    }

    @Test func aCheckThatIsNone() async throws {
        try await serve(checks: Checks(error: .unknownMailbox("x"))) { service in
            #expect(await failure { _ = try await check(service, "x") } == .unknownMailbox("x"))
        }
        try await serve(checks: Checks(error: .busy)) { service in
            await #expect(throws: HandoffClient.Failure.self) { _ = try await check(service) }
            do { _ = try await check(service) } catch HandoffClient.Failure.busy(let reason) {
                #expect(reason.contains("another check"))
            }
        }
    }
}
