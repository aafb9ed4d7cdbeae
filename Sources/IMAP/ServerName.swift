extension Session {
    /// ID (RFC 2971, section 3.1): what the server calls itself, nil where it keeps that to itself. Asked once in a session; tells
    /// nothing of ourselves.
    func serverName() throws(IMAPError) -> String? {
        if !hasAskedName {
            try run("ID", "ID NIL")
            hasAskedName = true
        }
        return folder.serverName
    }
}
