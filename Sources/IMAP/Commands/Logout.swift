extension Session {
    /// LOGOUT (RFC 3501, section 6.1.3), for a server's bookkeeping. Waits for no more than a moment.
    func logOut(endingIdle: Bool) {
        begin(.command(.logout), timeout: .milliseconds(500))
        if endingIdle { _ = libetpan.write(Idle.done) }
        libetpan.logout()
    }
}
