#!/usr/bin/env python3
"""Composes mails that must not be accepted: an author that another reader would not see, and a login URL that a line end has cut.

    refused.py DIRECTORY

Writes each as NAME.eml, and expected.jsonl beside them.
"""
import base64, email.header, json, pathlib, quopri, sys, unicodedata

SUBJECT = "お客様専用画面ログイン用ワンタイムパスワードのご案内"
URL = "https://www.login.secomtrust.net/customer/customer/pfw/pfw-public-user-login.do"
SENDER = b"ra-support@secom.co.jp"
RULE = "─" * 36
LETTER = f"""お客さま各位

下記ＵＲＬよりログインしてください。

{RULE}
　・ワンタイムパスワード：qT7hPz2Wx9
{{label}}{{url}}
{RULE}

ワンタイムパスワードは２４時間で無効になります。
"""


def mail(sender=SENDER, body=LETTER.format(label="　・ログイン用ＵＲＬ：", url=URL), encoding="8bit", kind="plain"):
    data = body.encode()
    if encoding == "base64":
        data = base64.encodebytes(data)
    elif encoding == "quoted-printable":
        data = quopri.encodestring(data)
    head = b"From: " + sender + b"\nTo: webmaster@example.co.jp\nSubject: " + email.header.Header(
        SUBJECT, "utf-8", header_name="Subject").encode().encode() + (
        f"\nDate: Tue, 10 Mar 2026 09:30:00 +0900\nMIME-Version: 1.0\nContent-Type: text/{kind}; charset=utf-8"
        f"\nContent-Transfer-Encoding: {encoding}\n\n").encode()
    return (head + data).replace(b"\n", b"\r\n")


def senders():
    escapes = {"ascii": b"(B", "roman": b"(J", "kana": b"(I", "jis78": b"$@", "jis83": b"$B", "jis90": b"&@\x1b$B", "jis212": b"$(D",
               "jis213": b"$(O", "unknown": b"%G"}
    places = {"local": 4, "before-at": 10, "after-at": 11, "domain": 14, "end": len(SENDER), "start": 0}
    for name, escape in escapes.items():
        for place, index in places.items():
            yield f"from-{name}-{place}", SENDER[:index] + b"\x1b" + escape + SENDER[index:]
    for name, code in {"shift-out": b"\x0e", "shift-in": b"\x0f"}.items():
        yield f"from-{name}", SENDER[:14] + code + SENDER[14:]
    # An address where a reader of escapes sees kanji or kana.
    for name, escape in escapes.items():
        if name in ("ascii", "roman", "unknown"):
            continue
        for shape, text in {"angle": b"<x@evil.example>", "bare": b"xy@evil.example ", "literal": b"xx@[192.0.2.1]", "short": b"<x@evil>"}.items():
            yield f"from-hidden-{name}-{shape}", b"\x1b" + escape + text + b"\x1b(B<" + SENDER + b">"
    yield "from-hidden-shifted", b"\x0e<x@evil.example>\x0f <" + SENDER + b">"
    yield "from-word-behind", b"<" + SENDER + b"> (=?utf-8?B?eA==?=)"
    yield "from-escape-behind", b"<" + SENDER + b"> (\x1b$B%;\x1b(B)"
    yield "from-twice", SENDER + b" <" + SENDER + b">"
    yield "from-another-quoted", b'"x@evil.example" <' + SENDER + b">"
    yield "from-another-comment", SENDER + b" (x@evil.example)"
    yield "from-quoted-local", b'"ra-support"@secom.co.jp'
    yield "from-spaced", b"ra-support @ secom.co.jp"
    yield "from-comment-within", b"ra-support(x)@secom.co.jp"
    yield "from-folded-within", b"ra-support@\n secom.co.jp"
    yield "from-utf16", b"\xff\xfe" + SENDER.decode().encode("utf-16-le")


def columns(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def wrapped(text, width, joint="\n"):
    """As a gateway that knows nothing of URLs wraps it."""
    lines = []
    for line in text.split("\n"):
        cut = ""
        for character in line:
            if columns(cut + character) > width:
                lines.append(cut)
                cut = ""
            cut += character
        lines.append(cut)
    return joint.join(lines)


def urls():
    letter = LETTER.format(label="　・ログイン用ＵＲＬ：", url=URL)
    for width in (60, 64, 68, 72, 76, 80):
        yield f"url-cut-at-{width}", wrapped(letter, width), "8bit", "plain"
    alone = LETTER.format(label="ログインURL:\n", url=URL)
    for cut in (8, 24, 33, 40, 50, 60, 70, len(URL) - 3, len(URL) - 2, len(URL) - 1):
        for name, joint in {"": "\n", "-hyphenated": "-\n", "-equals": "=\n", "-indented": "\n    ", "-spaced": " \n"}.items():
            yield f"url-alone-cut-behind-{cut}{name}", alone.replace(URL, URL[:cut] + joint + URL[cut:]), "base64", "plain"
    yield "url-cut-in-angle", letter.replace(URL, f"<{URL[:50]}\n{URL[50:]}>"), "8bit", "plain"
    yield "url-cut-doubled-lines", letter.replace(URL, URL[:50] + "\n" + URL[50:]).replace("\n", "\n\n").replace("\n\n\n\n", "\n\n"), "8bit", "plain"
    yield "url-cut-pre", f"<pre>{letter.replace(URL, URL[:50] + chr(10) + URL[50:])}</pre>", "8bit", "html"
    page = letter.replace("\n", "<br>\n")
    yield "url-cut-br", page.replace(URL, f"{URL[:50]}<br>\n{URL[50:]}"), "8bit", "html"
    yield "url-cut-linked", page.replace(URL, f"<a href='{URL[:50]}'>{URL[:50]}</a><br>\n{URL[50:]}"), "8bit", "html"
    yield "url-cut-and-refilled", letter.replace(URL, f"{URL[:50]}\n{URL[50:]}　（有効期限２４時間）"), "8bit", "plain"
    for cut in (1, 2, 3, 4):
        for name, note in {"wide": "（有効期限２４時間）", "mark": "　※２４時間有効", "ascii": " (24時間有効)"}.items():
            yield f"url-cut-tail-{cut}-{name}", letter.replace(URL, f"{URL[:-cut]}\n{URL[-cut:]}{note}"), "8bit", "plain"
    for name, url in {"query": URL[:32] + "?x=y", "fragment": URL[:32] + "#x"}.items():
        yield f"url-host-and-{name}", letter.replace(URL, url), "8bit", "plain"


def passwords():
    long = "Ab3dEf6hIj9lMn2pQr5tUv8xYz1Bc4DeFg7iJk0mNo3qRs6uVw9yZa2cXb5eYd8g"
    whole = LETTER.format(label="　・ログイン用ＵＲＬ：", url=URL)
    for width in (38, 40, 48, 60, 72, 79):
        yield f"password-cut-at-{width}", wrapped(whole.replace("qT7hPz2Wx9", long), width), "8bit", "plain"
        alone = wrapped("ワンタイムパスワード：\n" + long, width)
        if width < len(long):
            yield f"password-alone-cut-at-{width}", whole.replace("　・ワンタイムパスワード：qT7hPz2Wx9", alone), "base64", "plain"
        # Where the URL is short enough, or was left whole.
        yield f"password-cut-at-{width}-url-whole", whole.replace("　・ワンタイムパスワード：qT7hPz2Wx9", wrapped("　・ワンタイムパスワード：" + long, width)), "quoted-printable", "plain"
        yield f"password-cut-at-{width}-br", whole.replace("　・ワンタイムパスワード：qT7hPz2Wx9", wrapped("　・ワンタイムパスワード：" + long, width)).replace("\n", "<br>\n"), "8bit", "html"


def main():
    target = pathlib.Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    with open(target / "expected.jsonl", "w") as expected:
        def write(name, message, reason):
            (target / f"{name}.eml").write_bytes(message)
            expected.write(json.dumps({"file": f"{name}.eml", "reason": reason}) + "\n")
        for name, sender in senders():
            write(name, mail(sender), "wrong-sender")
        for name, body, encoding, kind in urls():
            reason = "no-login-url" if name == "url-cut-in-angle" else "login-url-not-allowed"
            write(name, mail(body=body, encoding=encoding, kind=kind), reason)
        for name, body, encoding, kind in passwords():
            write(name, mail(body=body, encoding=encoding, kind=kind), "ambiguous-password")
        write("url-below-password-label", mail(body=f"ワンタイムパスワード: {URL}\nログインURL: {URL}\n"), "no-password")


main()
