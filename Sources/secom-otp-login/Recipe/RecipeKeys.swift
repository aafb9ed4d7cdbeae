import ConfigurationFile

/// All keys of a recipe.
enum RecipeKeys {
    static let beginning = [
        "start", "login_page", "hosts", "socket", "access_key", "never", "closed", "page_timeout", "rest",
        "mail_timeout", "then", "then_timeout", "logout", "request", "requested", "login", "logged_in", "browser",
    ]
    static let step = ["fill", "press", "leave"]
    static let fill = ["field", "with", "selector"]
    static let press = ["words", "selector", "confirm"]
    static let answer = ["text", "controls", "refused"]
    static let browser = ["program", "proxy", "trusted_keys"]

    /// The proxy's URL and the command may contain passwords, and somebody may have written a secret in place of what is filled in.
    static let known = KnownKeys(
        [
            (.beginning, beginning), (.header("[[request]] or [[login]]"), step), (.braces("fill"), fill),
            (.braces("press"), press), (.header("[requested] or [logged_in]"), answer), (.header("[browser]"), browser),
        ], ofSecrets: ["access_key"], hidden: ["fill", "with", "then", "proxy"])
}
