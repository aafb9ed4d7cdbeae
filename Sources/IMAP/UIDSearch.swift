import CLibEtPan

extension Session {
    /// UID SEARCH FROM and SINCE (RFC 3501, section 6.4.4): the criteria that every server gets right. In ascending order.
    ///
    /// `since` is in seconds since 1970. SINCE knows only days, and those of a time zone that is the server's, so a day
    /// more is asked for. `among` narrows it to a set: `900:*` of sequence numbers, `UID 17:20` of UIDs.
    func search(from sender: String, since: Int64, among: String? = nil) throws(IMAPError) -> [UInt32] {
        guard sender.utf8.allSatisfy({ 0x20...0x7E ~= $0 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") })
        else {
            throw .refused(command: "SEARCH for a sender that is not ASCII", code: nil)
        }
        let range = among.map { $0 + " " } ?? ""
        try runOrThrow(
            "UID SEARCH", "UID SEARCH \(range)FROM \"\(sender)\" SINCE \(CivilDate(unixTime: since &- 86_400).imapDate)"
        )
        var found: [UInt32] = []
        for uid in CList(imap.pointee.imap_response_info?.pointee.rsp_search_result, of: UInt32.self) {
            found.append(uid.pointee)
        }
        return found.sorted()
    }
}
