import CLibEtPan
import CLinux

extension Session {
    /// UID FETCH of messages, each from its start and at most `bound` bytes of it (RFC 3501, section 6.4.5). BODY.PEEK, so
    /// that nothing is marked as seen. Messages that are gone are left out.
    ///
    /// libetpan's own call takes a NO after some FETCH responses for success.
    func fetch(_ uids: UIDSet, bound: Int) throws(IMAPError) -> [FetchedMessage] {
        try fetch(uids, fetchItems(bound: bound), literal: bound)
    }

    /// What is asked of a message that may matter.
    func fetchItems(bound: Int) -> String {
        "(UID FLAGS INTERNALDATE RFC822.SIZE\(usesModSeq ? " MODSEQ" : "") BODY.PEEK[]<0.\(bound)>)"
    }

    /// UID FETCH of flags alone. Messages that are gone are left out.
    func fetchFlags(_ uids: UIDSet) throws(IMAPError) -> [MessageFlags] {
        var flags: [MessageFlags] = []
        for piece in uids.pieces(of: 500) {
            let items = usesModSeq ? "(UID FLAGS MODSEQ)" : "(UID FLAGS)"
            flags += try fetch(piece, items, literal: 0).filter(\.hasFlags).map(\.flags)
        }
        return flags
    }

    /// The highest UID of the folder, for servers that tell no UIDNEXT; 0 in an empty one.
    func lastUID() throws(IMAPError) -> UInt32 {
        guard folder.exists > 0 else { return 0 }
        try runOrThrow("UID FETCH", "UID FETCH * (UID)")
        return fetched.map(\.flags.uid).max() ?? 0
    }

    private func fetch(_ uids: UIDSet, _ items: String, literal: Int) throws(IMAPError) -> [FetchedMessage] {
        try runOrThrow(
            "UID FETCH", "UID FETCH \(uids) \(items)", uids: uids.bounds, literal: literal,
            responses: uids.expectedCount)
        return fetched
    }
}

extension FetchedMessage {
    /// Takes one FETCH response out of libetpan's memory; nil without a UID.
    init?(_ attributes: UnsafeMutablePointer<mailimap_msg_att>) {
        var uid: UInt32?
        var flags: Set<String> = []
        var hasFlags = false
        var modSeq: UInt64?
        var internalDate: Int64?
        var size: Int?
        var bytes: [UInt8] = []
        for item in CList(attributes.pointee.att_list, of: mailimap_msg_att_item.self) {
            switch Int(item.pointee.att_type) {
            case MAILIMAP_MSG_ATT_ITEM_DYNAMIC:
                hasFlags = true
                let list = item.pointee.att_data.att_dyn?.pointee.att_list
                for flag in CList(list, of: mailimap_flag_fetch.self) {
                    if let name = flag.pointee.fl_flag.flatMap({ Self.name($0.pointee) }) { flags.insert(name) }
                }
            case MAILIMAP_MSG_ATT_ITEM_STATIC:
                guard let attribute = item.pointee.att_data.att_static?.pointee else { continue }
                switch Int(attribute.att_type) {
                case MAILIMAP_MSG_ATT_UID: uid = attribute.att_data.att_uid
                case MAILIMAP_MSG_ATT_RFC822_SIZE: size = Int(attribute.att_data.att_rfc822_size)
                case MAILIMAP_MSG_ATT_INTERNALDATE:
                    internalDate = attribute.att_data.att_internal_date.map { Self.unixTime($0.pointee) }
                case MAILIMAP_MSG_ATT_BODY_SECTION:
                    if let section = attribute.att_data.att_body_section?.pointee, let start = section.sec_body_part {
                        bytes = Array(UnsafeRawBufferPointer(start: start, count: section.sec_length))
                        // libetpan frees its copy as it is.
                        linux_wipe(start, section.sec_length)
                    }
                default: break
                }
            case MAILIMAP_MSG_ATT_ITEM_EXTENSION:
                guard let data = item.pointee.att_data.att_extension_data?.pointee,
                    data.ext_extension.pointee.ext_id == Int32(MAILIMAP_EXTENSION_CONDSTORE),
                    Int(data.ext_type) == MAILIMAP_CONDSTORE_TYPE_FETCH_DATA, let value = data.ext_data
                else { continue }
                modSeq = value.assumingMemoryBound(to: mailimap_condstore_fetch_mod_resp.self).pointee.cs_modseq_value
            default: break
            }
        }
        guard let uid else { return nil }
        self.init(
            flags: MessageFlags(uid: uid, flags: flags, modSeq: modSeq), hasFlags: hasFlags, internalDate: internalDate,
            size: size,
            bytes: bytes)
    }

    private static func name(_ flag: mailimap_flag) -> String? {
        switch Int(flag.fl_type) {
        case MAILIMAP_FLAG_SEEN: "\\Seen"
        case MAILIMAP_FLAG_DELETED: "\\Deleted"
        case MAILIMAP_FLAG_KEYWORD: flag.fl_data.fl_keyword.map { String(cString: $0) }
        default: nil
        }
    }

    /// Seconds since 1970; nil for what is no date.
    private static func unixTime(_ time: mailimap_date_time) -> Int64 {
        let date = CivilDate(
            year: Int64(min(max(time.dt_year, 1970), 9999)), month: Int64(min(max(time.dt_month, 1), 12)),
            day: Int64(min(max(time.dt_day, 1), 31)))
        let seconds = Int64(time.dt_hour) &* 3600 &+ Int64(time.dt_min) &* 60 &+ Int64(time.dt_sec)
        // +0930 comes as 930.
        let zone = Int64(time.dt_zone)
        return date.daysSince1970 &* 86_400 &+ seconds &- (zone / 100 &* 3600 &+ zone % 100 &* 60)
    }
}
