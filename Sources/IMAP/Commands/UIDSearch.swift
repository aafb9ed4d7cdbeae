import Calendar

extension Command {
    /// UID SEARCH FROM and SINCE (RFC 3501, section 6.4.4): the criteria that every server gets right.
    ///
    /// - Parameters:
    ///   - sender: an address. What is not printable ASCII in it is left out, and finds nothing.
    ///   - since: seconds since 1970. SINCE knows only days, and those of a time zone that is the server's, so a day more is asked for.
    ///   - among: narrows it to a set.
    static func uidSearch(from sender: String, since: Double, among: SearchedSet = .all) -> Command {
        let day = CivilDate(unixTime: Int64(min(max(since, 0), 253_402_300_799)) - 86_400)
        let quoted = sender.unicodeScalars.filter { 0x20...0x7E ~= $0.value }.map {
            $0 == "\"" || $0 == "\\" ? "\\\($0)" : "\($0)"
        }.joined()
        return Command(
            name: .uidSearch,
            text: "UID SEARCH \(among.text)FROM \"\(quoted)\" SINCE \(day.day)-\(day.monthName)-\(day.year)")
    }
}
