#!/usr/bin/env python3
"""Composes mails with Python's email package, and by hand where it is too tidy, and what must be read out of each.

    compose.py DIRECTORY [COUNT [SEED]]

Writes COUNT random letters that must be accepted, as NNN.eml, and expected.jsonl beside them.
"""
import base64, email.charset, email.header, email.policy, html, json, pathlib, quopri, random, string, sys
from email.message import EmailMessage
from email.mime.application import MIMEApplication
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import formatdate

SUBJECT = "お客様専用画面ログイン用ワンタイムパスワードのご案内"
URL = "https://www.login.secomtrust.net/customer/customer/pfw/pfw-public-user-login.do"
PRINTABLE = string.ascii_letters + string.digits + string.punctuation
HALF = {"ワンタイムパスワード": "ﾜﾝﾀｲﾑﾊﾟｽﾜｰﾄﾞ", "ログイン": "ﾛｸﾞｲﾝ"}
CHARSETS = {  # label, codec
    "iso-2022-jp": "iso2022_jp", "ISO-2022-JP": "iso2022_jp_ext", "utf-8": "utf-8", "UTF-8": "utf-8-sig",
    "shift_jis": "cp932", "Shift_JIS": "cp932", "windows-31j": "cp932", "x-sjis": "cp932", "cp932": "cp932",
    "euc-jp": "euc_jp", "EUC-JP": "euc_jp", "utf-16": "utf-16", "gb2312": "gb18030", "iso-2022-jp-2": "iso2022_jp_2",
}


def pick(rng, *choices):
    return rng.choice(choices)


def password(rng):
    length = pick(rng, 4, 8, 10, 10, 10, 12, 16, 64, rng.randint(4, 64))
    return "".join(rng.choice(PRINTABLE) for _ in range(length))


def kana(rng, text):
    if rng.random() < 0.15:
        for wide, half in HALF.items():
            text = text.replace(wide, half)
    return text


def label(rng, name):
    if name == "url":
        name = pick(rng, "ログインURL", "ログイン用URL", "ログインＵＲＬ", "ログイン用ＵＲＬ")
    else:
        name = "ワンタイムパスワード"
    return kana(rng, name)


BULLETS = ["", "・", "● ", "■", "○", "◆　", "※", "* ", "- ", "→", "1. ", "（１）", "[1] ", "①", "【1】", "ア．", "★", "◎", "a) ",
           "-> ", "=> ", "･", "✓ ", "▶", "+ ", "# "]
LEGACY_BULLETS = ["", "・", "● ", "■", "○", "◆　", "※", "* ", "- ", "→", "1. ", "（１）", "[1] ", "【1】", "★", "◎", "ア．"]
SPACES = ["", " ", "　", "\t", "  ", "　　 "]


def labelled(rng, name, value, legacy, newline="\n"):
    bullet = rng.choice(LEGACY_BULLETS if legacy else BULLETS)
    space = lambda: rng.choice(SPACES + ([] if legacy else ["\u00a0", "\u2003"]))
    next_line = rng.random() < 0.15 and not value.startswith(">") and (len(set(value)) > 1)
    line = rng.choice(["", "    ", "　　", "\t"]) + bullet + label(rng, name) + space() + pick(rng, ":", "：") + space()
    return line + (newline + rng.choice(["", "    ", "　"]) if next_line else "") + value + rng.choice(["", "", " ", "　"])


def plain(rng, secret, legacy):
    url = URL
    if rng.random() < 0.4:
        url = f"<{URL}>"
    lines = [
        "お客さま各位", "", "平素よりお世話になっております。セコムトラストシステムズです。", "下記ＵＲ", "Ｌにアクセスし、ワンタイムパスワードでログインしてください。",
        "アクセスキーをお忘れの方: https://www.secomtrust.net/service/pfw/user/login.html", "", "○ワンタイムパスワード",
    ]
    pair = [labelled(rng, "password", secret, legacy), labelled(rng, "url", url, legacy)]
    if rng.random() < 0.1:
        pair.reverse()
    lines += pair
    if rng.random() < 0.3:
        lines.insert(len(lines) - 1, "")
    lines += ["", "ワンタイムパスワードは24時間で無効になります。", "ワンタイムパスワード：１回のみ有効", "-- ", "セコムCAサポートセンター", "> 引用", ""]
    return "\n".join(lines)


def references(rng, text):
    out = ""
    for character in text:
        roll = rng.random()
        if character in "<&" or roll < 0.05:
            out += pick(rng, html.escape(character) if character in "<>&\"'" else f"&#{ord(character)};",
                        f"&#{ord(character)};", f"&#x{ord(character):x};", f"&#X{ord(character):X};")
        else:
            out += character
    return out


def markup(rng, text, escape=references):
    """The text with tags in the middle of it."""
    cut = rng.randint(0, len(text))
    tag = pick(rng, "b", "span", "font", "strong", "i", "o:p")
    attribute = pick(rng, "", ' style="color:red"', " title='a > b'", ' class=x data-y="<br>"')
    return escape(rng, text[:cut]) + pick(rng, f"<{tag}{attribute}>", "<!-- - -- > -->", "<wbr>", f"<{tag.upper()}{attribute}\n>") + \
        escape(rng, text[cut:]) + pick(rng, f"</{tag}>", "")


def page(rng, secret, legacy):
    space = lambda: pick(rng, "", " ", "\n  ", "&nbsp;", "&#12288;", "&emsp;")
    colon = lambda: pick(rng, ":", "：", "&#58;", "&#xFF1A;", "&colon;")
    wide = lambda text: references(rng, text) if rng.random() < 0.2 else text
    visible = references(rng, URL)
    url = pick(rng, visible, f'<a href="{html.escape(URL)}">{visible}</a>', f"<a target=_blank href={URL}>{visible}</a>",
               f"&lt;<a href='{URL}'><b>{visible}</b></a>&gt;")
    secret = pick(rng, references, markup)(rng, secret)
    a, b = markup(rng, label(rng, "password"), lambda _, t: wide(t)), markup(rng, label(rng, "url"), lambda _, t: wide(t))
    bullet = pick(rng, "", "・", "●", "&bull; ", "&middot;", "■")
    layout = pick(rng, "br", "p", "div", "td", "tr", "li", "dl", "pre", "next")
    first, second = a + space() + colon() + space(), b + space() + colon() + space()
    if layout == "br":
        text = f"{bullet}{first}{secret}<br>\n{bullet}{second}{url}<BR/>"
    elif layout in ("p", "div"):
        text = f"<{layout} style='x'>{bullet}{first}{secret}</{layout}>\n<{layout}>{second}{url}</{layout}>"
    elif layout == "td":
        text = f"<table><tr><td>{first}</td>\n<td>{secret}</td></tr><tr><th>{second}<td>{url}</table>"
    elif layout == "tr":
        text = f"<table><tbody><tr><td>{first}</td></tr>\n<tr><td><p>{secret}</p></td></tr><tr><td>{second}</tr><tr><td>{url}</tr></table>"
    elif layout == "li":
        text = f"<ul><li>{first}{secret}\n<li>{second}{url}</ul>"
    elif layout == "dl":
        text = f"<dl><dt>{first}</dt>\n <dd>{secret}</dd><dt>{second}<dd>{url}</dl>"
    elif layout == "pre":
        text = f"<pre>\n{bullet}{first.strip()}{secret}\n{bullet}{second.strip()}{url}\n</pre>".replace("\n  ", " ")
    else:
        text = f"{first}<br>{secret}<br>{second}<br>{url}<br>"
    return (
        "<!DOCTYPE html>\n<html><head><meta http-equiv=Content-Type content='text/html'><title>ワンタイムパスワード: titletitle</title>"
        "<style>p { color: red } /* ワンタイムパスワード: stylestyle */</style>"
        "<script>document.write('<p>ワンタイムパスワード: scriptscript</p>')</script></head>\n<body>"
        "<!-- ワンタイムパスワード: commentcomment -->\n<h1>ワンタイムパスワード</h1><p>下記にアクセスし、ワンタイムパスワードでログインしてください。</p>\n"
        f"{text}\n<p>ワンタイムパスワードは24時間で無効です。<a href='https://www.secomtrust.net/'>サイト</a></p></body></html>\n")


def text_part(rng, text, subtype, label_, codec):
    """A text part of one charset in one transfer encoding."""
    data = text.encode(codec, "xmlcharrefreplace" if subtype == "html" else "strict")
    if subtype == "plain" and label_ == "iso-2022-jp" and rng.random() < 0.2:
        data = data.replace(b"\x1b(B", b"\x1b(J")
    encoding = pick(rng, "base64", "quoted-printable", "raw")
    if encoding == "raw" and b"\0" in data or codec == "utf-16":
        encoding = "base64"
    data = data if codec == "utf-16" else data.replace(b"\n", b"\r\n")
    if encoding == "base64":
        body = base64.encodebytes(data).decode()
        if rng.random() < 0.2:
            body = body.rstrip("=\n") + "\n"
        if rng.random() < 0.2:
            body += "\n_______________________________________________\nA list's footer\nhttps://lists.example.jp/\n"
        body = body.encode()
    elif encoding == "quoted-printable":
        body = quopri.encodestring(data.replace(b"\r\n", b"\n"))
        if rng.random() < 0.2:
            body = body.replace(b"=\n", b"= \n")
    else:
        body = data.replace(b"\r\n", b"\n")
        encoding = "7bit" if max(data) < 128 else "8bit"
    charset = pick(rng, f"charset={label_}", f'charset="{label_}"', f"charset = {label_.upper()} ; x=y",
                   f"charset*=us-ascii'en'{label_}", f"charset*0={label_[:3]}; charset*1={label_[3:]}")
    if rng.random() < 0.15 and codec not in ("utf-16", "gb18030"):
        charset = pick(rng, "x=y", "charset=us-ascii", "charset=iso-8859-1", "charset=utf-8", "charset=ISO-2022-JP", "charset=unknown-8bit")
    header = [f"Content-Type: text/{subtype}; {charset}", f"Content-Transfer-Encoding: {pick(rng, encoding, encoding.upper())}"]
    if rng.random() < 0.3:
        header.append("Content-Disposition: inline")
    rng.shuffle(header)
    return ("\n".join(header) + "\n\n").encode() + body


def attachment(rng):
    lure = "ワンタイムパスワード: attached1\nログインURL: https://www.login.secomtrust.net/other\n"
    return pick(rng,
                b"Content-Type: text/plain; charset=utf-8\nContent-Disposition: attachment; filename=a.txt\n\n" + lure.encode(),
                b"Content-Type: text/plain; charset=utf-8\nContent-Disposition: (x) ATTACHMENT ;\n filename*0*=utf-8''a;\n filename*1=b\n\n" + lure.encode(),
                b"Content-Type: message/rfc822\n\nContent-Type: text/plain; charset=utf-8\n\n" + lure.encode(),
                b"Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n" + base64.encodebytes(rng.randbytes(900)),
                b"Content-Type: text/calendar; charset=utf-8\n\n" + lure.encode())


def multipart(rng, subtype, parts):
    boundary = pick(rng, "=_x", "----=_Part_1_2.3", "b'(c)+_,-./:=?", "_000_", "a b") + str(rng.randint(0, 10 ** 9))
    head = f'Content-Type: multipart/{subtype};\n\tboundary="{boundary}"\n'
    if rng.random() < 0.2:
        head = f"Content-Type: multipart/{subtype}; boundary*0=\"{boundary[:4]}\"; boundary*1=\"{boundary[4:]}\"\n"
    body = pick(rng, b"", b"This is a multi-part message in MIME format.\n\n")
    for part in parts:
        body += b"--" + boundary.encode() + pick(rng, b"", b" ", b"\t ") + b"\n" + part + b"\n"
    return head.encode() + b"\n" + body + pick(rng, b"--" + boundary.encode() + b"--\n", b"--" + boundary.encode() + b"--\nepilogue\n", b"")


def structure(rng, secret):
    label_ = rng.choice(list(CHARSETS))
    codec = CHARSETS[label_]
    legacy = codec not in ("utf-8", "utf-8-sig", "utf-16", "gb18030")
    plain_text = plain(rng, secret, legacy)
    if codec == "iso2022_jp":  # it has no half-width kana
        for wide, half in HALF.items():
            plain_text = plain_text.replace(half, wide)
        plain_text = plain_text.replace("･", "・")
    if codec == "iso2022_jp_2":
        for wide, half in HALF.items():
            plain_text = plain_text.replace(half, wide)
    text = lambda: text_part(rng, plain_text, "plain", label_, codec)
    page_ = lambda: text_part(rng, page(rng, secret, legacy), "html", label_, codec)
    shape = pick(rng, "plain", "plain", "html", "alternative", "mixed", "mixed", "related", "signed", "deep", "report")
    if shape == "plain":
        return text()
    if shape == "html":
        return page_()
    if shape == "alternative":
        return multipart(rng, "alternative", [text(), page_()])
    if shape == "mixed":
        return multipart(rng, "mixed", [text()] + [attachment(rng) for _ in range(rng.randint(0, 3))])
    if shape == "related":
        image = b"Content-Type: image/png; name=a.png\nContent-Transfer-Encoding: base64\n\n" + base64.encodebytes(rng.randbytes(300))
        return multipart(rng, "alternative", [text(), multipart(rng, "related", [page_(), image])])
    if shape == "signed":
        return multipart(rng, "signed", [text(), b"Content-Type: application/pgp-signature\n\n-----BEGIN PGP SIGNATURE-----\n"])
    if shape == "report":
        return multipart(rng, "report", [text(), b"Content-Type: message/delivery-status\n\nReporting-MTA: dns; x\n"])
    inner = page_()
    for _ in range(rng.randint(1, 12)):
        inner = multipart(rng, pick(rng, "mixed", "parallel", "x-odd"), [inner])
    return inner


def encoded_words(rng, text):
    """Encoded-words, B or Q, split anywhere, even within a character."""
    label_ = pick(rng, "iso-2022-jp", "utf-8", "shift_jis", "euc-jp", "UTF-8")
    codec = CHARSETS[label_]
    if rng.random() < 0.2:
        header = email.header.Header(text, label_, header_name="Subject")
        return header.encode()
    data = text.encode(codec)
    words = []
    step = rng.randint(7, 40)
    for start in range(0, len(data), step):
        piece = data[start:start + step]
        name = label_ + pick(rng, "", "*ja") if label_ != "iso-2022-jp" else label_
        if rng.random() < 0.5:
            words.append(f"=?{name}?{pick(rng, 'B', 'b')}?{base64.b64encode(piece).decode()}?=")
        else:
            q = "".join(chr(c) if chr(c) in string.ascii_letters + string.digits else "_" if c == 32 else f"={c:02X}" for c in piece)
            words.append(f"=?{name}?{pick(rng, 'Q', 'q')}?{q}?=")
    return pick(rng, "\n ", " ", "\n\t").join(words)


def subject(rng):
    text = kana(rng, SUBJECT)
    if rng.random() < 0.1:
        text = "　" + text + " "
    roll = rng.random()
    if roll < 0.1:
        return text.encode("utf-8")
    if roll < 0.15:
        return SUBJECT.encode("iso2022_jp")
    if roll < 0.2:
        return SUBJECT.encode("cp932")
    if roll < 0.25:
        return SUBJECT.encode("euc_jp")
    words = encoded_words(rng, SUBJECT if rng.random() < 0.7 else text.strip()) if text == SUBJECT else encoded_words_for(rng, text)
    return words.encode()


def encoded_words_for(rng, text):
    piece = base64.b64encode(text.encode("utf-8")).decode()
    return f"=?utf-8?B?{piece}?="


def sender(rng):
    name = encoded_words_for(rng, "セコムCAサポートセンター")
    return pick(rng, b"ra-support@secom.co.jp", b"<ra-support@secom.co.jp>", b"RA-Support@SECOM.co.jp",
                f"{name} <ra-support@secom.co.jp>".encode(), "セコムCAサポートセンター <ra-support@secom.co.jp>".encode(),
                "セコムCAサポートセンター <ra-support@secom.co.jp>".encode("iso2022_jp"), "セコムCAサポートセンター <ra-support@secom.co.jp>".encode("cp932"),
                b'"SECOM, CA <x> Support" <ra-support@secom.co.jp>', b"ra-support@secom.co.jp (SECOM (CA) Support)",
                b"SECOM\n <ra-support@secom.co.jp>", "お客様専用サポート <ra-support@secom.co.jp>".encode("iso2022_jp"),
                b"SECOM: ra-support@secom.co.jp;", b"<@relay.example,@b.example:ra-support@secom.co.jp>",
                "株式会社　セコム <ra-support@secom.co.jp>".encode("cp932"), b"\"SECOM @ CA\" <ra-support@secom.co.jp>")


def mail(rng, secret):
    fields = [
        b"From: " + sender(rng), b"Subject: " + subject(rng), b"To: " + pick(rng, b"web@example.co.jp", b'"W, M" <web@example.co.jp>, <b@c.example>'),
        b"Date: " + pick(rng, b"Tue, 10 Mar 2026 09:30:00 +0900", b"10 Mar 26 00:30 GMT", b"Tue, 10 Mar 2026 09:30:00 +0900 (JST)"),
        b"MIME-Version: 1.0", b"Received: from a by b; Tue, 10 Mar 2026 09:30:00 +0900", b"Sender: other@example.com",
        b"Reply-To: ra-support@example.com", b"X-Junk: " + "ワンタイムパスワード: headerhead".encode(),
    ]
    rng.shuffle(fields)
    message = b"\n".join(fields) + b"\n" + structure(rng, secret)
    return message.replace(b"\n", pick(rng, b"\r\n", b"\n", b"\r\n")) if b"\r\n" not in message else message.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def main():
    target = pathlib.Path(sys.argv[1])
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 150
    rng = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    target.mkdir(parents=True, exist_ok=True)
    with open(target / "expected.jsonl", "w") as expected:
        for number in range(count):
            secret = password(rng)
            name = f"{number:03}.eml"
            (target / name).write_bytes(mail(rng, secret))
            expected.write(json.dumps({"file": name, "password": secret, "loginURL": URL}) + "\n")


main()
