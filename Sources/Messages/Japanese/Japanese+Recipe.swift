/// Mistakes in the recipe of secom-otp-login: behind the key that they are about.
extension Japanese {
    static let recipe: KeyValuePairs<String, String> = [
        "\"{1}\" is filled in twice":
            "\"{1}\" を 2 か所に入力している",
        "\"{1}\" is not a host name in lower case":
            "\"{1}\" は小文字のホスト名ではない",
        "at least one [[{1}]] is needed":
            "[[{1}]] が少なくとも 1 つ必要",
        "is missing: give field or selector":
            "がない。field または selector を書く",
        "is missing: give words or selector":
            "がない。words または selector を書く",
        "is missing: one of {1}":
            "がない。{1} のいずれかを書く",
        "must be SHA-256 digests in base64 (44 characters), not \"{1}\"":
            "SHA-256 ダイジェストの base64 表記 (44 文字) でなければならない (\"{1}\" は不可)",
        "must be a URL such as \"http://proxy.example.co.jp:8080\"":
            "\"http://proxy.example.co.jp:8080\" のような URL でなければならない",
        "must be an https URL with one of these hosts: {1}":
            "次のいずれかのホストの https URL でなければならない: {1}",
        "must be an https URL, not \"{1}\"":
            "https URL でなければならない (\"{1}\" は不可)",
        "must contain text to look for, not only \"{1}\"":
            "探す文字列が必要 (\"{1}\" だけでは不可)",
        "must have a step that fills something in":
            "入力を行うステップが必要",
        "must have at most {1} steps":
            "ステップは {1} 個までしか書けない",
        "must have exactly one step that fills in the one-time-password":
            "one-time-password を入力するステップは、ちょうど 1 つでなければならない",
        "must have text or controls: nothing else shows that the login succeeded":
            "text か controls が必要。ほかにログインの成功を示すものがない",
        "must name what is filled in, not contain it: one of {1}":
            "入力する値そのものではなく、その種類を書く: {1} のいずれか",
        "must say where the access key is, not contain it: { credential = \"NAME\" } or { file = \"PATH\" }":
            "アクセスキーそのものではなく、その場所を書く: { credential = \"NAME\" } または { file = \"PATH\" }",
    ]
}
