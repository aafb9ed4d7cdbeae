import Glibc

/// Those of a table's cases that the environment's CASE names, or all of them where it is not set:
///
///     @Test(arguments: chosen([...])) func ...
///
/// swift test chooses among tests only, and one case of a table is often all that somebody wants to see. A case goes by its
/// description, or by what `name` makes of it; CASE is that name, or where there is none such, a part of it.
public func chosen<Case>(
    _ cases: some Sequence<Case>, by name: (Case) -> String = { "\($0)" }
) -> [Case] {
    let wanted = getenv("CASE").map { String(cString: $0) } ?? ""
    if wanted.isEmpty { return Array(cases) }
    let exact = cases.filter { name($0) == wanted }
    return exact.isEmpty ? cases.filter { name($0).contains(wanted) } : exact
}
