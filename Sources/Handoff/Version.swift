/// The version of both programs, and of the Debian package, for which scripts/deb reads this line.
public let version = "1.0.0"
