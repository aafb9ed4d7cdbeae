extension Session {
    /// Removes one message and no other: `\Deleted`, then UID EXPUNGE (RFC 4315, section 2.1). Without UIDPLUS the message is
    /// only flagged, since a plain EXPUNGE would take along what others have flagged.
    func delete(_ uid: UInt32) throws(IMAPError) {
        guard try change(uid, add: true, ["\\Deleted"]) != nil else { return }
        if offers("UIDPLUS") { try runOrThrow("UID EXPUNGE", "UID EXPUNGE \(uid)") }
    }

    /// Moves one message: MOVE (RFC 6851), or COPY and then ``delete(_:)``.
    func move(_ uid: UInt32, to folder: String) throws(IMAPError) {
        guard !folder.utf8.contains(where: { $0 == 0 || $0 == 10 || $0 == 13 }) else {
            throw .folder(name: "(with a line end)", code: nil)
        }
        let quoted =
            "\"" + ModifiedUTF7.encode(folder).flatMap { $0 == "\"" || $0 == "\\" ? "\\\($0)" : "\($0)" } + "\""
        if offers("MOVE") {
            try runOrThrow("UID MOVE", "UID MOVE \(uid) \(quoted)")
        } else {
            try runOrThrow("UID COPY", "UID COPY \(uid) \(quoted)")
            try delete(uid)
        }
    }
}
