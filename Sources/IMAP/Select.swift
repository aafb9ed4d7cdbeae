import CLibEtPan

/// What SELECT told of a folder (RFC 3501, section 6.3.1; RFC 7162, section 3.1.2).
struct SelectedFolder: Equatable {
    let uidValidity: UInt32
    /// Nil where the server does not tell.
    let uidNext: UInt32?
    let exists: UInt32
    /// Keywords that nobody used yet may be set.
    let keepsKeywords: Bool
    /// Changes of flags are numbered, so that they can be made conditional.
    let hasModSeq: Bool
    let isReadOnly: Bool
}

extension Session {
    /// SELECT, or EXAMINE where nothing will be written.
    func open(_ name: String, readOnly: Bool) throws(IMAPError) -> SelectedFolder {
        guard !name.utf8.contains(where: { $0 == 0 || $0 == 10 || $0 == 13 }) else {
            throw .folder(name: "(with a line end)", code: nil)
        }
        stream.begin(readOnly ? "EXAMINE" : "SELECT", until: .after(Self.commandTimeout))
        let encoded = ModifiedUTF7.encode(name)
        var modSeq: UInt64 = 0
        folder.tagged = nil
        let result =
            if offers("CONDSTORE") {
                Int(
                    readOnly
                        ? mailimap_examine_condstore(imap, encoded, &modSeq)
                        : mailimap_select_condstore(imap, encoded, &modSeq))
            } else {
                Int(readOnly ? mailimap_examine(imap, encoded) : mailimap_select(imap, encoded))
            }
        guard result == MAILIMAP_NO_ERROR else {
            if let (tag, completion) = folder.tagged, tag == imap.pointee.imap_tag, completion.condition == .no,
                stream.failure == nil
            {
                throw .folder(name: name, code: completion.code)
            }
            throw failure(result)
        }
        guard let info = imap.pointee.imap_selection_info?.pointee, info.sel_uidvalidity > 0 else {
            throw .refused(command: "SELECT without UIDVALIDITY", code: nil)
        }
        usesModSeq = modSeq > 0
        folder.lookedAtAll()
        folder.hasChanges = false
        return SelectedFolder(
            uidValidity: info.sel_uidvalidity, uidNext: info.sel_uidnext > 0 ? info.sel_uidnext : nil,
            exists: folder.exists, keepsKeywords: Self.keepsKeywords(info), hasModSeq: modSeq > 0,
            isReadOnly: folder.isReadOnly || readOnly)
    }

    /// PERMANENTFLAGS with `\*`.
    private static func keepsKeywords(_ info: mailimap_selection_info) -> Bool {
        for flag in CList(info.sel_perm_flags, of: mailimap_flag_perm.self)
        where Int(flag.pointee.fl_type) == MAILIMAP_FLAG_PERM_ALL { return true }
        return false
    }
}
