import Calendar

extension Command {
    /// UID SEARCH FROM and SINCE (RFC 3501, section 6.4.4): the criteria that every server gets right.
    ///
    /// - Parameters:
    ///   - sender: an address of printable ASCII without quotation marks and backslashes, see ``isSearchable(_:)``.
    ///   - since: seconds since 1970. SINCE knows only days, and those of a time zone that is the server's, so a day more is asked for.
    ///   - among: narrows it to a set.
    static func uidSearch(from sender: String, since: Double, among: SearchedSet = .all) -> Command {
        let day = CivilDate(unixTime: Int64(min(max(since, 0), 253_402_300_799)) - 86_400)
        return Command(
            name: .uidSearch,
            text: "UID SEARCH \(among.text)FROM \"\(sender)\" SINCE \(day.day)-\(day.monthName)-\(day.year)")
    }

    /// Whether an address can stand in a quoted string as it is.
    static func isSearchable(_ sender: String) -> Bool {
        sender.utf8.allSatisfy { 0x20...0x7E ~= $0 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
    }
}
