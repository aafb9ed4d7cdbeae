/// What the unit of the package shows the daemon of the machine's files: BindReadOnlyPaths= in systemd/secom-otpd.service. A check from a shell
/// sees them all.
enum UnitFiles {
    private static let shown = ["/etc", "/run", "/usr", "/var/lib", "/opt", "/srv"]

    /// Without a drop-in of the operator's.
    static func areShown(_ path: String) -> Bool { shown.contains { path == $0 || path.hasPrefix($0 + "/") } }
}
