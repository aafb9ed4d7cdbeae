/// What ArgumentParser says, by templates: the first that fits counts.
extension Japanese {
    static let arguments: KeyValuePairs<String, String> = [
        "Error: {1}":
            "エラー: {1}",
        "Help:  {1}":
            "説明:  {1}",
        "Usage: {1}":
            "使い方: {1}",
        "  See '{1}' for more information.":
            "  詳しくは '{1}' を実行してください。",
        "Unknown option '{1}'. Did you mean '{2}'?":
            "不明なオプション '{1}' です。'{2}' の誤りですか。",
        "Unknown option '{1}'":
            "不明なオプション '{1}' です",
        "Missing value for '{1}'":
            "'{1}' に値がありません",
        "   or: {1} in '{2}'":
            "   または、'{2}' の中の {1}",
        "The option '{1}' does not take any value, but '{2}' was specified.":
            "オプション '{1}' は値を取りませんが、'{2}' が指定されています。",
        "Unexpected argument '{1}'":
            "余分な引数 '{1}' があります",
        "{1} unexpected arguments: '{2}'":
            "余分な引数が {1} 個あります: '{2}'",
        "Missing expected argument '{1}'":
            "引数 '{1}' がありません",
        "Missing one of: '{1}'":
            "次のいずれかが必要です: '{1}'",
        "The value '{1}' is invalid for '{2}'. Please provide one of {3}.":
            "'{2}' の値 '{1}' は無効です。次のいずれかを指定してください: {3}",
        "The value '{1}' is invalid for '{2}': {3}":
            "'{2}' の値 '{1}' は無効です: {3}",
        "The value '{1}' is invalid for '{2}'":
            "'{2}' の値 '{1}' は無効です",
        "Invalid option: {1}":
            "無効なオプションです: {1}",
        "Missing required subcommand.":
            "サブコマンドを指定してください。",
        "Value to be set with {1} had already been set with {2}":
            "{1} で指定する値は、すでに {2} で指定されています",
        "flag {1}":
            "フラグ {1}",
        "OVERVIEW: {1}":
            "概要: {1}",
        "USAGE: {1}":
            "使い方: {1}",
        "ARGUMENTS:":
            "引数:",
        "OPTIONS:":
            "オプション:",
        "SUBCOMMANDS:":
            "サブコマンド:",
        "Show the version.":
            "バージョンを表示する",
        "Show help information.":
            "このヘルプを表示する",
        "  See '{1}' for detailed help.":
            "  詳しいヘルプは '{1}' で表示します。",
        "(default: {1})":
            "(既定値: {1})",
        "(values: {1}; default: {2})":
            "(値: {1}、既定値: {2})",
        "(values: {1})":
            "(値: {1})",
    ]
}
