"""What the two token endpoints say when they refuse, and words that an operator must be told then."""

TENANT, CLIENT = "11111111-1111-1111-1111-111111111111", "22222222-2222-2222-2222-222222222222"
USER, ACCOUNT = "webmaster@example.co.jp", "otp@project.iam.gserviceaccount.com"

# As Entra words them.
MICROSOFT = [
    (700016, "unauthorized_client", f"Application with identifier '{CLIENT}' was not found in the directory 'X'.", ("--client-id", CLIENT)),
    (7000215, "invalid_client", "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID.", ("Value", "client-secret")),
    (7000222, "invalid_client", "The provided client secret keys for app are expired.", ("expired", "Certificates & secrets")),
    (700027, "invalid_client", "The certificate with identifier used to sign the client assertion is not registered on application.", ("is not registered", "upload the certificate")),
    (1000502, "invalid_client", "The provided certificate is not within its specified validity window.", ("has expired",)),
    (500014, "invalid_resource", "The service principal for resource 'https://outlook.office365.com' is disabled.", ("subscription",)),
    (700024, "invalid_client", "Client assertion is not within its valid time range.", ("timedatectl",)),
    (90002, "invalid_request", f"Tenant '{TENANT}' not found.", ("--tenant", TENANT)),
    (500011, "invalid_resource", "The resource principal was not found in the tenant.", ("--scope", "Exchange Online")),
    (65001, "invalid_grant", "The user or administrator has not consented to use the application.", ("Grant admin consent",)),
    (1002012, "invalid_scope", "The provided value for scope is not valid.", ("/.default",)),
    (7000112, "unauthorized_client", "Application is disabled.", ("Enabled for users to sign-in",)),
    (53003, "invalid_grant", "Access has been blocked by Conditional Access policies.", ("Conditional Access",)),
    (7654321, "invalid_client", "Something new.", ("AADSTS7654321", "error?code=7654321")),
]
# As Google words them.
GOOGLE = [
    ("invalid_grant", "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.", ("timedatectl",)),
    ("invalid_grant", "Invalid JWT Signature.", ("create a new one", ACCOUNT)),
    ("invalid_grant", "Invalid grant: account not found", ("disabled", ACCOUNT)),
    ("invalid_grant", "Not a valid email or user ID.", ("no user", USER)),
    ("invalid_grant", "Invalid email or User ID", ("no user", USER)),
    ("invalid_grant", "Bad Request", (USER, "suspended")),
    ("unauthorized_client", "Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested.", ("Domain-wide delegation", "123456789", "https://mail.google.com/")),
    ("access_denied", "Requested client not authorized.", ("denies", "Domain-wide delegation")),
    ("admin_policy_enforced", "", ("App access control",)),
    ("invalid_scope", "x is not a valid audience string.", ("https://mail.google.com/",)),
    ("invalid_client", "The OAuth client was not found.", (ACCOUNT,)),
    ("disabled_client", "The OAuth client was disabled.", ("disabled",)),
    ("something_new", "", ("localhost refused (HTTP 400, something_new)",)),
]
