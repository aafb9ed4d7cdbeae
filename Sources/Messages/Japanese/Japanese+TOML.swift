/// Mistakes in the text of the configuration (TOML).
extension Japanese {
    static let toml: KeyValuePairs<String, String> = [
        "a string":
            "文字列",
        "a number":
            "数値",
        "true or false":
            "真偽値",
        "a list":
            "リスト",
        "a table":
            "テーブル",
        "an unreadable value":
            "読み取れない値",
        "a float":
            "小数",
        "a date":
            "日付",
        "a time":
            "時刻",
        "a date and time":
            "日時",
        "a key":
            "キー",
        "a table name":
            "テーブル名",
        "the table name":
            "テーブル名",
        "the value":
            "値",
        "{1} has too many dots":
            "{1}のドットが多すぎる",
        "{1} is missing":
            "{1}がない",
        "{1} is missing before this {2}":
            "この {2} の前に{1}がない",
        "\\u is followed by four hexadecimal digits, and \\U by eight; for a backslash write \\\\":
            "\\u の後には 4 桁、\\U の後には 8 桁の 16 進数を書く。バックスラッシュそのものは \\\\ と書く",
        "a \\ in \"...\" begins an escape such as \\n; for a backslash write \\\\, or put the string in '...'":
            "\"...\" の中の \\ は、\\n などのエスケープの始まり。バックスラッシュそのものは \\\\ と書くか、文字列を '...' で囲む",
        "the string that begins with {1} ends with {2}, a different character: close it with {3}":
            "{1} で始まる文字列が、別の文字 {2} で終わっている。{3} で閉じること",
        "the three {1} that open a string here are never closed: everything after them was read as part of it":
            "ここで文字列を開く 3 つの {1} が閉じられていない。以降のすべてを文字列の一部として読んだ",
        "the {1} that opens a string here is not closed on this line":
            "ここで文字列を開く {1} が、この行で閉じられていない",
        "this escape does not stand for a character":
            "このエスケープに対応する文字がない",
        "a comma between two values of the array is missing, or the ] after the last one":
            "配列の値の間のカンマか、最後の値の後の ] がない",
        "a value is missing before this {1}":
            "この {1} の前に値がない",
        "everything in { } must be on one line":
            "{ } の中は 1 行に書かなければならない",
        "keys in { } are separated by commas":
            "{ } の中のキーはカンマで区切る",
        "the [ opened here is never closed: a ] is missing":
            "ここで開いた [ が閉じられていない。] がない",
        "the { on this line is never closed: a } is missing":
            "この行の { が閉じられていない。} がない",
        "there is no value after the =":
            "= の後に値がない",
        "there is nothing before this comma":
            "このカンマの前に何もない",
        "there must be no comma before the }":
            "} の前にカンマは書けない",
        "this is nested too deeply":
            "入れ子が深すぎる",
        "this } matches no {: an array ends with ]":
            "この } に対応する { がない。配列は ] で終わる",
        "[ must be followed by a table name, as in [mail] or [[mailbox]]":
            "[ の後にはテーブル名を書く。例: [mail]、[[mailbox]]",
        "a key and its value are separated by =, and there is none here":
            "キーと値は = で区切るが、ここに = がない",
        "a key and its value are separated by =, not by :":
            "キーと値は : ではなく = で区切る",
        "a line does not end with a ;":
            "行末に ; は付けない",
        "a line does not end with a comma; a list of values is written in [ ]":
            "行末にカンマは付けない。複数の値は [ ] の中に書く",
        "a table name is written in brackets, {1}: a ] is missing":
            "テーブル名は {1} のように括弧で囲む。] がない",
        "reading stopped here: too many errors so far":
            "誤りが多すぎるため、ここで読み取りを中止した",
        "there is another quote after {1}: is one quote too many, or are these two values?":
            "{1}の後に、もう 1 つ引用符がある。引用符が余分か、値が 2 つあるか",
        "there is no = on this line: it is neither [table] nor key = value":
            "この行に = がない。[テーブル] でも、キー = 値 でもない",
        "there is something else after {1}: each key goes on a line of its own, and a comment begins with #":
            "{1}の後に余分なものがある。キーは 1 行に 1 つ書く。コメントは # で始める",
        "this ] matches no [":
            "この ] に対応する [ がない",
        "this } matches no {":
            "この } に対応する { がない",
        "this line ends with a lone carriage return: save the file with Unix or Windows line endings":
            "この行が CR だけで終わっている。改行コードを LF または CR LF にして保存すること",
        "this opens with one [ and closes with two ]: write [name] or [[name]]":
            "[ が 1 つで開き、] が 2 つで閉じている。[名前] または [[名前]] と書く",
        "write [[{1}]], in double brackets: there may be more than one":
            "[[{1}]] と二重の括弧で書く (複数書けるため)",
        "write a single =":
            "= は 1 つだけ書く",
        "it is set twice: the first time on line {1}":
            "2 回設定されている (1 回目は {1} 行目)",
        "this [[table]] is a [table] on line {1}: one of the two is wrong":
            "この [[テーブル]] は、{1} 行目では [テーブル] になっている。どちらかが誤り",
        "this [table] is a [[table]] on line {1}: one of the two is wrong":
            "この [テーブル] は、{1} 行目では [[テーブル]] になっている。どちらかが誤り",
        "this table is a key with a value on line {1}: one of the two is wrong":
            "このテーブルは、{1} 行目では値のあるキーになっている。どちらかが誤り",
        "this table is defined twice: the first definition is on line {1}, and all its keys belong there":
            "このテーブルは 2 回定義されている (1 回目は {1} 行目)。キーはすべてそちらに書く",
        "what comes before the dot is something else on line {1}: nothing can be added to it":
            "ドットの前は、{1} 行目では別のものになっている。何も追加できない",
        "the number is too large":
            "数値が大きすぎる",
        "a number must not begin with 0; a string, such as a mode, is written in quotes: \"0660\"":
            "数値は 0 で始められない。モードなどの文字列は引用符で囲む: \"0660\"",
        "a string is enclosed in two \", the ASCII character":
            "文字列の両端は半角の \"",
        "a string is written in quotes: \"...\"":
            "文字列は引用符で囲む: \"...\"",
        "the opening quote of the string is missing: \"...\"":
            "文字列の始まりの引用符がない: \"...\"",
        "{1} is full-width: write the ASCII {2}":
            "{1} は全角。半角の {2} を書くこと",
        "{1} is not a quote here: a string is enclosed in two \" or two ', the ASCII characters":
            "{1} は引用符として使えない。文字列の両端は半角の \" か '",
        "{1} is not a quote here: a string is enclosed in two \", the ASCII character U+0022":
            "{1} は引用符として使えない。文字列の両端は半角の \" (U+0022)",
        "{1} is not an ASCII hyphen: write -":
            "{1} は半角のハイフンではない。- を書くこと",
        "a NUL ({1})":
            "NUL 文字 ({1})",
        "a tab ({1})":
            "タブ ({1})",
        "a line break ({1})":
            "改行 ({1})",
        "a form feed ({1})":
            "改ページ ({1})",
        "an escape character ({1})":
            "エスケープ文字 ({1})",
        "a space ({1})":
            "半角スペース ({1})",
        "a no-break space ({1})":
            "改行しない空白 ({1})",
        "a zero-width space ({1})":
            "幅のない空白 ({1})",
        "a full-width space ({1})":
            "全角スペース ({1})",
        "a byte order mark ({1})":
            "バイトオーダーマーク ({1})",
        "a control character ({1})":
            "制御文字 ({1})",
        "an invisible character ({1})":
            "目に見えない文字 ({1})",
        "there is {1} here: delete it":
            "ここに{1} がある。削除すること",
        "there is {1} here: replace it with an ordinary space, or delete it":
            "ここに{1} がある。半角スペースに置き換えるか、削除すること",
        "the string contains {1}: delete it":
            "文字列に{1} がある。削除すること",
        "{1} only looks like the letter {2}: type it again":
            "{1} は {2} に似た別の文字。半角で打ち直すこと",
        "{1} contains {2}: only A-Z, a-z, 0-9, - and _ are allowed, unless it is in quotes (\"...\"); a comment begins with #":
            "{1}に {2} がある。引用符 (\"...\") で囲まなければ、使えるのは A-Z、a-z、0-9、-、_ だけ。コメントは # で始める",
        "a comment begins with #, not with {1}":
            "コメントは {1} ではなく # で始める",
        "a merge conflict was left here: keep one of the two versions, and delete this line":
            "マージの競合が残っている。どちらか一方を残し、この行を削除すること",
        "a key and its value are written in { }, not in [ ]":
            "キーと値は [ ] ではなく { } で囲む",
        "only numbers and, in lower case, true and false are written without quotes; a string is written in quotes: \"...\"":
            "引用符なしで書けるのは数値と、小文字の true、false だけ。文字列は引用符で囲む: \"...\"",
    ]
}
