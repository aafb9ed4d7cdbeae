import Testing
import Trials
import Varlink

@testable import secom_otp_login

@Suite struct WebAddressTests {
    @Test(
        arguments: chosen([
            ("https://www.example.jp/a?b#c", "https://www.example.jp/a"),
            ("HTTPS://WWW.Example.JP", "https://www.example.jp/"),
            ("http://127.0.0.1:8080/x", "http://127.0.0.1:8080/x"), ("https://[::1]:8443/", "https://[::1]:8443/"),
        ])) func isRead(_ url: String, _ plain: String)
    {
        #expect(WebAddress(url)?.plain == plain)
    }

    @Test(
        arguments: chosen([
            "", "www.example.jp", "javascript:alert(1)", "ftp://a/", "https://", "https://a@b/", "https://a\\b/",
            "https://a:0/",
            "https://a:99999/", "https://a:/", "https://例.jp/", "https://a b/", "https://a:1:2/",
        ])) func isNone(_ url: String)
    { #expect(WebAddress(url) == nil) }
}

@Suite struct HostWallTests {
    private let wall = HostWall(["www.example.jp", "localhost"])

    @Test(
        arguments: chosen([
            "https://www.example.jp/", "https://WWW.EXAMPLE.JP/a?q=日本", "https://www.example.jp:8443/",
            "http://localhost:80/", "data:text/html,x",
            "blob:https://www.example.jp/1", "about:blank",
        ])) func allows(_ url: String)
    { #expect(wall.allows(url: url)) }

    @Test(
        arguments: chosen([
            "http://www.example.jp/", "https://example.jp/", "https://www.example.jp.elsewhere.jp/",
            "https://elsewhere.jp/www.example.jp",
            "https://www.example.jp@elsewhere.jp/", "https://elsewhere.jp\\@www.example.jp/", "ws://www.example.jp/",
            "file:///etc/passwd",
            "chrome://version", "ftp://www.example.jp/", "",
        ])) func shutsOut(_ url: String)
    { #expect(!wall.allows(url: url)) }
}

@Suite struct BrowserArgumentsTests {
    private func words(_ settings: BrowserSettings) -> [String] {
        BrowserArguments.words(settings, hosts: ["www.example.jp"], profile: "/tmp/p")
    }

    @Test func neverWithoutSandboxAndNeverOnAPort() {
        let words = words(BrowserSettings())
        #expect(words.contains("--remote-debugging-pipe"))
        #expect(!words.contains { $0.hasPrefix("--no-sandbox") || $0.hasPrefix("--remote-debugging-port") })
        #expect(words.contains("--host-resolver-rules=MAP * ~NOTFOUND,EXCLUDE www.example.jp"))
        #expect(words.contains("--no-proxy-server"))
    }

    @Test func byAProxy() {
        let words = words(BrowserSettings(proxy: "http://proxy.example.jp:8080", trustedKeys: ["k"]))
        #expect(words.contains("--proxy-server=http://proxy.example.jp:8080"))
        #expect(words.contains("--host-resolver-rules=MAP * ~NOTFOUND,EXCLUDE www.example.jp,EXCLUDE proxy.example.jp"))
        #expect(words.contains("--ignore-certificate-errors-spki-list=k"))
    }

    @Test func nothingOfOurEnvironment() {
        #expect(
            BrowserArguments.environment(profile: "/tmp/p", path: "/bin").keys.sorted() == [
                "DBUS_SESSION_BUS_ADDRESS", "HOME", "LANG", "PATH", "TMPDIR",
            ])
    }
}

@Suite struct TabActivityTests {
    private func request(_ id: String, _ type: String = "Document", frame: String = "main") -> JSON.Object {
        [
            "requestId": .string(id), "loaderId": .string(id), "type": .string(type), "frameId": .string(frame),
            "request": ["url": "https://a/"],
        ]
    }
    private func frame(_ loader: String, unreachable: Bool = false) -> JSON.Object {
        var frame: JSON.Object = ["id": "main", "loaderId": .string(loader)]
        if unreachable { frame["unreachableUrl"] = "https://a/" }
        return frame
    }
    private func shown() -> TabActivity {
        var activity = TabActivity()
        activity.shows(frame("1"))
        return activity
    }

    @Test func aDocumentOnItsWay() {
        var activity = shown()
        #expect(!activity.isNavigating && !activity.isLoading)
        activity.received("Network.requestWillBeSent", request("2"))
        #expect(activity.isNavigating && activity.isLoading)
        activity.received("Page.frameNavigated", ["frame": .object(frame("2"))])
        #expect(!activity.isNavigating && !activity.isLoading && activity.failure == nil)
    }

    @Test func aDocumentThatIsShownHasComeWhetherToldOfOrNot() {
        var activity = shown()
        activity.received("Network.requestWillBeSent", request("2"))
        // What is shown while it is on its way is the old one.
        activity.shows(frame("1"))
        #expect(activity.isNavigating)
        activity.shows(frame("2"))
        #expect(!activity.isNavigating)
    }

    @Test func whatThePageBeforeHadAskedForIsForgotten() {
        var activity = shown()
        var image = request("3", "Image")
        image["loaderId"] = "1"
        activity.received("Network.requestWillBeSent", image)
        #expect(activity.isFetching && !activity.isLoading)
        activity.received("Page.frameNavigated", ["frame": .object(frame("2"))])
        #expect(!activity.isFetching)
    }

    @Test func aPageThatGoesOnByItselfIsNotAtRest() {
        var activity = shown()
        activity.received("Page.frameScheduledNavigation", ["frameId": "main", "delay": 5, "reason": "metaTagRefresh"])
        #expect(activity.isFetching && !activity.isLoading)
        activity.received("Page.frameClearedScheduledNavigation", ["frameId": "main"])
        #expect(!activity.isFetching)
    }

    @Test func howItFailed() {
        var activity = shown()
        activity.received("Network.requestWillBeSent", request("2"))
        activity.received(
            "Network.loadingFailed", ["requestId": "2", "type": "Document", "errorText": "net::ERR_CONNECTION_RESET"])
        activity.received("Page.frameNavigated", ["frame": .object(frame("2", unreachable: true))])
        #expect(activity.mainFailure == .unreachable("net::ERR_CONNECTION_RESET"))
        activity.received(
            "Network.responseReceived", ["type": "Document", "frameId": "main", "response": ["status": 500]])
        #expect(activity.mainFailure == .status(500))
        activity.received(
            "Network.responseReceived", ["type": "Document", "frameId": "main", "response": ["status": 200]])
        #expect(activity.mainFailure == nil)
    }

    @Test func strangers() {
        var activity = shown()
        activity.blocked("https://b/image", frame: "main", isDocument: false)
        #expect(activity.strangers == ["https://b"] && activity.failure == nil)
        activity.blocked("https://c/?key=secret", frame: "main", isDocument: true)
        activity.shows(frame("2", unreachable: true))
        #expect(activity.mainFailure == .stranger("https://c"))
    }

    @Test func dialogs() {
        var activity = shown()
        activity.received("Page.javascriptDialogOpening", ["message": "?"])
        #expect(activity.mainFailure == .dialog("?"))
        activity.received("Page.javascriptDialogClosed", [:])
        #expect(activity.mainFailure == nil)
    }
}

@Suite struct BlankingTests {
    @Test func takesSecretsOutOfText() {
        let blanking = Blanking(["key", "pass"])
        #expect(blanking.blanked("a key, a pass, keykey") == "a ●●●●, a ●●●●, ●●●●●●●●")
        #expect(Blanking([""]).blanked("text") == "text")
    }
}

@Suite struct PagePrintTests {
    @Test func showsWhatARecipeIsMendedBy() {
        var page = PageSnapshot([.field("アクセス\u{1B}[2Jキー"), .button("送信"), .field("隠し").hidden()], lines: ["お知らせ"])
        page.frames[0].url = "https://www.example.jp/a?session=secret"
        page.frames[0].controls[0].ownSelector = "[name=key]"
        let print = PagePrint.text(page)
        #expect(print.contains("[name=key] label 「アクセス [2Jキー」"))
        #expect(print.contains("「送信」") && print.contains("| お知らせ"))
        #expect(!print.contains("\u{1B}") && !print.contains("secret") && !print.contains("隠し"))
    }
}
