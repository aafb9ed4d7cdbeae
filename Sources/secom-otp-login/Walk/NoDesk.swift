import FoundationEssentials

/// For `--look`, which requests no password.
struct NoDesk: PasswordDesk {
    func absence() async -> Ending? { nil }
    func claim(issuedAfter: Date) async -> Result<Password, Ending> {
        .failure(.noPassword("--look requests no password"))
    }
    func settle(_ outcome: Procedure.Outcome?) async -> String? { nil }
}
