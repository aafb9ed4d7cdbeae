#!/usr/bin/env python3
"""Composes mails as gateways leave them, in other words, and as a forger pieces them together.

    gateways.py DIRECTORY [--all]

Writes each as NAME.eml, and expected.jsonl beside them: what must come out, and the rules that are not the default ones. Each kind once, the
charsets and encodings taking turns; with --all each in every charset, encoding and kind of text.
"""
import base64, email.header, html, itertools, json, pathlib, quopri, re, sys, urllib.parse

SUBJECT = "お客様専用画面ログイン用ワンタイムパスワードのご案内"
HOST = "https://www.login.secomtrust.net"
PATH = "/customer/customer/pfw/pfw-public-user-login.do"
URL = HOST + PATH
PASSWORD = "qT7hPz2Wx9"
FROM = "From: ra-support@secom.co.jp"
PATHS = {"loginPaths": ["/x", PATH]}
quote = lambda url: urllib.parse.quote(url, safe="")
FORMS = [(c, e) for c in ("utf-8", "iso-2022-jp", "cp932", "euc-jp") for e in ("8bit", "quoted-printable", "base64")]


def encoded(text, charset, encoding):
    data = text.encode({"iso-2022-jp": "iso2022_jp_ext"}.get(charset, charset), "replace")
    if encoding == "base64":
        return base64.encodebytes(data)
    return quopri.encodestring(data) if encoding == "quoted-printable" else data


def mail(body, kind="plain", charset="utf-8", encoding="8bit", head=(FROM,), subject=None, more=(), end="\r\n", content=None):
    subject = subject or "Subject: " + email.header.Header(SUBJECT, "utf-8", header_name="Subject").encode()
    lines = [*more, *head, "To: webmaster@example.co.jp", subject, "Date: Tue, 10 Mar 2026 09:30:00 +0900", "MIME-Version: 1.0"]
    lines += content or [f"Content-Type: text/{kind}; charset={charset}", f"Content-Transfer-Encoding: {encoding}"]
    text = "\n".join(lines).encode() + b"\n\n" + (body if isinstance(body, bytes) else encoded(body, charset, encoding))
    return text.replace(b"\n", end.encode())


def letter(password=f"　・ワンタイムパスワード：{PASSWORD}", url=f"　・ログイン用ＵＲＬ：{URL}"):
    return f"お客さま各位\n\n下記よりログインしてください。\n\n{password}\n{url}\n\nワンタイムパスワードは２４時間で無効になります。\n"


def page(text):
    """The text as HTML; what stands in \\x01 ... \\x02 ... \\x03 is a link, its attributes first."""
    pieces = re.split("(\x01[^\x02]*\x02)", text)
    text = "".join(f"<a {p[1:-1]}>" if p.startswith("\x01") else html.escape(p, quote=False).replace("\n", "<br>\n") for p in pieces)
    return f"<html><body><div>{text.replace(chr(3), '</a>')}</div></body></html>"


WRAPPED = {
    "safelinks-japan": f"https://jpn01.safelinks.protection.outlook.com/?url={quote(URL)}&data=05%7C02%7Ca%40b.example%7C0&sdata=AbC%3D&reserved=0",
    "safelinks-europe": f"https://eur05.safelinks.protection.outlook.com/?url={quote(URL).lower()}&data=05|02|a@b.example|0&sdata=AbC%3D&reserved=0",
    "safelinks-government": f"https://usg02.safelinks.protection.office365.us/?url={quote(URL)}&data=05%7C01&reserved=0",
    "safelinks-upper-case": f"HTTPS://JPN01.SafeLinks.Protection.Outlook.com/?url={quote(URL)}&reserved=0",
    "urldefense-v2": "https://urldefense.proofpoint.com/v2/url?u=" + quote(URL).replace("-", "-2D").replace("_", "-5F").replace(
        "%2F", "_").replace("%", "-") + "&d=DwMFaQ&c=x&r=y&m=z&s=w&e=",
    "urldefense-v3": f"https://urldefense.com/v3/__{URL}__;!!N0ax_9!aB__cD-1$",
    "urldefense-v3-us": f"https://urldefense.us/v3/__{URL}__;!!N0ax_9!aBcD-1$",
    "barracuda": f"https://linkprotect.cudasvc.com/url?a={quote(URL).lower()}&c=E,1,aBc-D_e,&typo=1",
    "barracuda-plain": f"https://linkprotect.cudasvc.com/url?a={URL}&c=E,1,aBc-D_e,&typo=0",
    "trendmicro": f"https://jp-0-en-ctp.trendmicro.com:443/wis/clicktime/v1/query?url={quote(URL).replace('-', '%2d')}&umid=x&auth=y-z",
    "sophos": "https://ap-northeast-1.protection.sophos.com/?d=secomtrust.net&u=" + base64.urlsafe_b64encode(URL.encode()).decode() + "&i=x&t=y=&h=z",
    "symantec": f"https://clicktime.symantec.com/15tStd?h=aB-c_d=&u={quote(URL)}",
    "cisco": f"https://secure-web.cisco.com/1aBc-D_e/{quote(URL)}",
    "checkpoint": f"https://protect.checkpoint.com/v2/r02/___{URL}___.YzJlOmM6bzox",
    "avanan": f"https://url.avanan.click/v2/___{URL}___.YXAzOmM6bzox",
}
SAFE = "https://jpn01.safelinks.protection.outlook.com/?"
ODD = {
    "two-urls": f"{SAFE}url={quote(URL)}&url={quote(URL)}",
    "two-urls-by-case": f"{SAFE}url={quote(URL)}&URL=https%3A%2F%2Fevil.example%2F",
    "two-urls-by-escape": f"{SAFE}url={quote(URL)}&u%72l=https%3A%2F%2Fevil.example%2F",
    "two-urls-by-reference": f"{SAFE}url={quote(URL)}&amp;url=https%3A%2F%2Fevil.example%2F",
    "two-urls-by-semicolon": f"{SAFE}url={quote(URL)};url=https%3A%2F%2Fevil.example%2F",
    "no-url": f"{SAFE}data=1",
    "nested": f"{SAFE}url={quote(WRAPPED['safelinks-japan'])}",
    "nested-barracuda": f"{SAFE}url={quote('https://linkprotect.cudasvc.com/url?a=' + quote(URL))}",
    "encoded-twice": f"{SAFE}url={quote(quote(URL))}",
    "path-encoded-twice": f"{SAFE}url={quote(HOST)}%252F{quote(PATH[1:])}",
    "another-host": f"{SAFE}url={quote('https://evil.example' + PATH)}",
    "another-host-below": f"{SAFE}url={quote(HOST + '.evil.example' + PATH)}",
    "http-original": f"{SAFE}url={quote('http' + URL[5:])}",
    "user-in-original": f"{SAFE}url={quote('https://a@www.login.secomtrust.net' + PATH)}",
    "host-in-user": f"{SAFE}url={quote('https://www.login.secomtrust.net@evil.example/')}",
    "port-in-original": f"{SAFE}url={quote(HOST + ':8443' + PATH)}",
    "backslash-in-original": f"{SAFE}url={quote(HOST)}%5C@evil.example",
    "line-end-in-original": f"{SAFE}url={quote(URL)}%0D%0Ax",
    "nul-in-original": f"{SAFE}url={quote(URL)}%00",
    "no-slash": f"{SAFE}url={quote(HOST)}%3Fx",
    "broken-escape": f"{SAFE}url={quote(URL)}%2",
    "plus": f"{SAFE}url={quote(URL)}+x",
    "fragment": f"{SAFE}url={quote(URL)}#x",
    "fragment-first": f"{SAFE}#?url={quote(URL)}",
    "http-gateway": "http" + WRAPPED["safelinks-japan"][5:],
    "gateway-with-user": WRAPPED["safelinks-japan"].replace("https://", "https://x@"),
    "gateway-as-user": f"https://jpn01.safelinks.protection.outlook.com@evil.example/?url={quote(URL)}",
    "gateway-with-port": WRAPPED["safelinks-japan"].replace(".com/", ".com:8443/"),
    "gateway-with-dot": WRAPPED["safelinks-japan"].replace(".com/", ".com./"),
    "gateway-with-path": WRAPPED["safelinks-japan"].replace(".com/?", ".com/x/?"),
    "gateway-elsewhere": WRAPPED["safelinks-japan"].replace("outlook.com", "outlook.com.evil.example"),
    "gateway-hyphenated": WRAPPED["safelinks-japan"].replace("jpn01.safe", "jpn01-safe"),
    "gateway-prefixed": WRAPPED["safelinks-japan"].replace("jpn01.", "evil"),
    "gateway-misspelt": WRAPPED["safelinks-japan"].replace("outlook.com", "0utlook.com"),
    "gateway-alike": WRAPPED["safelinks-japan"].replace("safelinks", "safeIinks"),
    "gateway-deeper": WRAPPED["safelinks-japan"].replace("jpn01.", "a.b."),
    "v2-evil": "https://urldefense.proofpoint.com/v2/url?u=https-3A__evil.example_&d=x",
    "v2-escaped": WRAPPED["urldefense-v2"].replace("-2F", "%2F").replace("_customer_", "%2Fcustomer%2F"),
    "v2-twice": WRAPPED["urldefense-v2"].replace("u=https-3A", "u=https-253A"),
    "v2-two": WRAPPED["urldefense-v2"] + "&u=https-3A__evil.example_",
    "v3-evil": "https://urldefense.com/v3/__https://evil.example/__;!!a!b$",
    "v3-two": f"https://urldefense.com/v3/__{URL}__;__https://evil.example/__;!!a!b$",
    "v3-star": f"https://urldefense.com/v3/__{URL}*__;Kw!!a!b$",
    "v3-one-slash": f"https://urldefense.com/v3/__{URL.replace('//', '/')}__;!!a!b$",
    "v3-open": f"https://urldefense.com/v3/__{URL}",
    "v3-nested": f"https://urldefense.com/v3/__https://urldefense.com/v3/__{URL}__;!!a!b$__;!!a!b$",
    "barracuda-evil": "https://linkprotect.cudasvc.com/url?a=https%3a%2f%2fevil.example%2f&c=E,1,x",
    "barracuda-two": WRAPPED["barracuda"] + "&a=https%3a%2f%2fevil.example%2f",
    "barracuda-elsewhere": WRAPPED["barracuda"].replace("cudasvc.com", "cudasvc.co"),
    "sophos-evil": "https://ap-northeast-1.protection.sophos.com/?u=" + base64.urlsafe_b64encode(b"https://evil.example/").decode(),
    "mimecast": "https://protect-us.mimecast.com/s/AbCdEf?domain=www.login.secomtrust.net",
    "cisco-three": f"https://secure-web.cisco.com/1aBc/x/{quote(URL)}",
}


def links():
    for name, url in WRAPPED.items():
        good = {"password": PASSWORD, "loginURL": URL}
        yield name, letter(url=f"ログインURL: <{url}>"), "plain", good
        yield f"{name}-behind-url", letter(url=f"ログインURL: {URL}<{url}>"), "plain", good
        yield f"{name}-href", letter(url=f"ログインURL: \x01href=\"{html.escape(url)}\"\x02{URL}\x03"), "html", good
        yield f"{name}-href-raw", letter(url=f"ログインURL: <\x01 originalsrc='{URL}' shash=x href='{url}'\x02{URL}\x03>"), "html", good
        yield f"{name}-both", letter(url=f"ログインURL: \x01href=\"{html.escape(url)}\"\x02{url}\x03"), "html", good
        yield f"{name}-shown", letter(url=f"ログインURL: {url}"), "html", good
    bad = {"reason": "login-url-not-allowed"}
    for name, url in ODD.items():
        yield f"odd-{name}", letter(url=f"ログインURL: {url}"), "plain", bad
        yield f"odd-{name}-href", letter(url=f"ログインURL: \x01href=\"{html.escape(url)}\"\x02{URL}\x03"), "html", bad
    safe = html.escape(WRAPPED["safelinks-japan"])
    for name, source in {"evil": "https://evil.example/", "http": "http" + URL[5:], "empty": "", "other": URL + "?x"}.items():
        reason = "ambiguous-login-url" if name == "other" else "login-url-not-allowed"
        yield f"odd-originalsrc-{name}", letter(url=f"ログインURL: \x01href=\"{safe}\" originalsrc=\"{source}\"\x02{URL}\x03"), "html", {"reason": reason}
    yield "odd-originalsrc-alone", letter(url=f"ログインURL: \x01href=\"https://evil.example/\" originalsrc=\"{URL}\"\x02{URL}\x03"), "html", bad
    yield "odd-shown-elsewhere", letter(url=f"ログインURL: \x01href=\"{safe}\"\x02{URL}?x\x03"), "html", {"reason": "ambiguous-login-url"}
    yield "odd-behind-another", letter(url=f"ログインURL: {URL}?x<{WRAPPED['safelinks-japan']}>"), "plain", bad
    yield "safelinks-with-paths", letter(url=f"ログインURL: {WRAPPED['safelinks-japan']}"), "plain", {
        "password": PASSWORD, "loginURL": URL, **PATHS}
    yield "odd-safelinks-other-path", letter(url=f"ログインURL: {WRAPPED['safelinks-japan']}"), "plain", {**bad, "loginPaths": ["/x"]}
    yield "odd-gateway-in-login-hosts", letter(url=f"ログインURL: {ODD['another-host']}"), "plain", {
        **bad, "loginHosts": ["www.login.secomtrust.net", "jpn01.safelinks.protection.outlook.com"]}


def cut():
    good = {"password": PASSWORD, "loginURL": URL, **PATHS}
    bad = {"reason": "login-url-not-allowed", **PATHS}
    for at in (9, 20, 33, 34, 41, 60, 78):
        head, tail = URL[:at], URL[at:]
        for name, line in {"": f"ログインURL: {head}\n{tail}", "-alone": f"ログインURL:\n{head}\n{tail}", "-angle": f"ログインURL: <{head}\n{tail}>"}.items():
            yield f"cut-{at}{name}", letter(url=line), good
        yield f"cut-{at}-without-paths", letter(url=f"ログインURL: {head}\n{tail}"), {"reason": "login-url-not-allowed"}
        yield f"cut-{at}-indented", letter(url=f"ログインURL: {head}\n　　{tail}"), bad
        yield f"cut-{at}-spaced", letter(url=f"ログインURL: {head} \n{tail}"), bad
        yield f"cut-{at}-followed", letter(url=f"ログインURL: {head}\n{tail}?x=y"), bad
        yield f"cut-{at}-worded", letter(url=f"ログインURL: {head}\n{tail} まで"), bad
        yield f"cut-{at}-continued", letter(url=f"ログインURL: {head}\n{tail}\n;jsessionid=1"), bad
        yield f"cut-{at}-hyphenated", letter(url=f"ログインURL: {head}-\n{tail}"), bad
        yield f"cut-{at}-other-path", letter(url=f"ログインURL: {head}\n{tail}"), {**bad, "loginPaths": ["/customer"]}
    a, b, c = URL[:30], URL[30:60], URL[60:]
    yield "cut-in-three", letter(url=f"ログインURL: {a}\n{b}\n{c}"), bad
    yield "cut-between-two-paths", letter(url=f"ログインURL: {URL[:40]}\n{URL[40:]}"), {**good, "loginPaths": [URL[32:40], PATH]}
    yield "cut-doubled", letter(url=f"ログインURL: {URL[:40]}\n{URL[40:]}").replace("\n", "\n\n").replace("\n\n\n\n", "\n\n"), bad
    yield "cut-other-host", letter(url=f"ログインURL: https://www.login.secom\nevil.example{PATH}"), bad
    yield "whole-with-paths", letter(), good
    yield "whole-other-path", letter(url=f"ログインURL: {URL}x"), bad
    yield "whole-with-query", letter(url=f"ログインURL: {URL}?a=b"), {**good, "loginURL": URL + "?a=b"}


def wordings():
    good = {"password": PASSWORD, "loginURL": URL}
    ours = {"passwordLabels": ["認証コード", "One-Time Password", "パスワード", "パスワード (本日分)"], "loginURLLabels": ["ログイン先URL", "URL", "ログインはこちら"]}
    for name, line in {
        "kanji": f"認証コード: {PASSWORD}", "ascii": f"One-Time Password: {PASSWORD}", "ascii-spaced": f"　One-Time   Password　：{PASSWORD}",
        "ascii-wide": f"Ｏｎｅ－Ｔｉｍｅ　Ｐａｓｓｗｏｒｄ：{PASSWORD}", "half-width": f"・ﾊﾟｽﾜｰﾄﾞ：{PASSWORD}", "in-brackets": f"【認証コード】{' '}：{PASSWORD}",
        "numbered": f"(1) 認証コード：{PASSWORD}", "bulleted": f"■認証コード：{PASSWORD}", "square": f"[認証コード]: {PASSWORD}",
        "bracket-in-label": f"パスワード（本日分）：{PASSWORD}",
    }.items():
        if name == "bracket-in-label":
            line = f"パスワード （本日分）：{PASSWORD}"
        yield f"label-{name}", letter(line, f"・ログイン先ＵＲＬ：{URL}"), {**good, **ours}
    for name, line in {"short": f"URL: {URL}", "bulleted": f"◆URL：{URL}", "angle": f"＜URL＞：{URL}", "prose": f"ログインはこちら：\n\n{URL}"}.items():
        yield f"url-label-{name}", letter(f"認証コード: {PASSWORD}", line), {**good, **ours}
    for name, line in {"behind": f"認証コード等: {PASSWORD}", "before": f"新認証コード: {PASSWORD}", "unmatched": f"【認証コード］: {PASSWORD}",
                       "quoted": f"> 認証コード: {PASSWORD}", "note": f"認証コード（6桁）: {PASSWORD}", "default": f"ワンタイムパスワード: {PASSWORD}"}.items():
        yield f"no-label-{name}", letter(line, f"ログイン先URL：{URL}"), {"reason": "no-password", **ours}
    yield "no-label-unconfigured", letter(f"認証コード: {PASSWORD}", f"ログイン先URL：{URL}"), {
        "reason": "no-password", "details": ["認証コード", "ログイン先URL", "password_labels", "login_url_labels"]}
    yield "no-url-label", letter(url=f"ログイン先URL：{URL}"), {"reason": "no-login-url", "details": ["ログイン先URL", "login_url_labels"]}
    for bracket in ("「」", "『』", "【】", "（）", "［］", "｛｝", "〔〕", "〈〉", "《》", "＜＞", "｢｣"):
        yield f"value-in-{ord(bracket[0]):x}", letter(f"ワンタイムパスワード：{bracket[0]}{PASSWORD}{bracket[1]}"), good
        yield f"label-in-{ord(bracket[0]):x}", letter(f"{bracket[0]}ワンタイムパスワード{bracket[1]}：{PASSWORD}"), good
        yield f"note-in-{ord(bracket[0]):x}", letter(f"ワンタイムパスワード：{PASSWORD}{bracket[0]}24時間有効{bracket[1]}"), good
    for name, value in {
        "komejirushi": f"{PASSWORD}※24時間有効", "komejirushi-spaced": f"{PASSWORD}　※ 1回のみ", "ascii": f"{PASSWORD}(24時間有効)", "ascii-spaced": f"{PASSWORD} (有効)",
        "square": f"{PASSWORD} [有効期限24時間]", "two": f"{PASSWORD}（24時間）※1回のみ", "three": f"「{PASSWORD}」 (24時間) 【重要】※1回", "nested": f"{PASSWORD}（24時間(1日)有効）",
        "latin": f"{PASSWORD}（valid 24h）", "mixed-width": f"{PASSWORD}（24時間)",
    }.items():
        yield f"note-{name}", letter(f"ワンタイムパスワード：{value}"), good
        yield f"note-{name}-below", letter(f"ワンタイムパスワード：\n　{value}"), good
        yield f"note-{name}-behind-empty", letter(f"ワンタイムパスワード：\n\n{value}"), good
    for password in ("ab(cd)ef", "a(b)c(d)", "[abcd]", "<abcd>", "{a}b(c", "abcd)", "(((("):
        yield f"signs-{password.encode().hex()}", letter(f"ワンタイムパスワード：{password}"), {"password": password, "loginURL": URL}
        yield f"signs-noted-{password.encode().hex()}", letter(f"ワンタイムパスワード：{password}(有効)"), {"password": password, "loginURL": URL}
    for name, value in {"prose": f"{PASSWORD} 24時間有効", "before": f"（新）{PASSWORD}", "open": f"「{PASSWORD}", "two": f"{PASSWORD}（有効）{PASSWORD}x", "inner": "abcd「ef」gh",
                        "spaced": f"{PASSWORD} (valid)", "empty": "「」", "note-alone": "（24時間有効）", "comma": f"{PASSWORD}、"}.items():
        yield f"no-value-{name}", letter(f"ワンタイムパスワード：{value}"), {"reason": "no-password"}
    yield "two-empty-lines", letter(f"ワンタイムパスワード：\n\n\n{PASSWORD}"), {"reason": "no-password"}


def subjects():
    good = {"password": PASSWORD, "loginURL": URL}
    rules = {"subjectPrefixes": ["[EXTERNAL]", "[外部]", "[otp *]", "[*]", "*****SPAM*****", "【社外】"], "subjectSuffixes": ["(外部)", "[ID:*]"]}
    for name, subject in {
        "spam": "*****SPAM***** " + SUBJECT, "two": "[EXTERNAL] [外部]" + SUBJECT, "wide": "［ＥＸＴＥＲＮＡＬ］" + SUBJECT, "number": "[otp 00123] " + SUBJECT,
        "word": "[Security] " + SUBJECT, "kanji": "[重要]" + SUBJECT, "suffix": SUBJECT + " (外部)", "both": "[otp 5]" + SUBJECT + "[ID:a1]", "three": "[外部] 【社外】 " + SUBJECT + "（外部）",
        "longest": f"[{'a' * 32}]" + SUBJECT,
    }.items():
        yield f"subject-{name}", subject, {**good, **rules}
    for name, subject in {
        "three-prefixes": "[EXTERNAL] [外部] 【社外】" + SUBJECT, "two-suffixes": SUBJECT + " (外部) (外部)", "empty-word": "[otp ]" + SUBJECT, "signs": "[otp 1-2]" + SUBJECT,
        "long": f"[{'a' * 33}]" + SUBJECT, "spaced": "[otp 1 2]" + SUBJECT, "spam-alike": "***ab*SPAM*****" + SUBJECT, "reply": "Re: " + SUBJECT, "forward": "Fwd: [EXTERNAL] " + SUBJECT,
        "suffix-first": "(外部) " + SUBJECT, "prefix-last": SUBJECT + " [EXTERNAL]", "inside": SUBJECT[:8] + "[外部]" + SUBJECT[8:], "alone": "[EXTERNAL]",
    }.items():
        yield f"no-subject-{name}", subject, {"reason": "wrong-subject", **rules}


def utf16(text, codec, size, mark=b""):
    words = [text[i:i + size].encode(codec) for i in range(0, len(text), size)]
    label = "utf-16" if mark else codec.replace("16-", "16")
    return "Subject: " + "\n ".join(f"=?{label}?B?{base64.b64encode(mark + w).decode()}?=" for w in words)


def authentications():
    good = {"password": PASSWORD, "loginURL": URL}
    rules = {"authservID": "", "requireAuthentication": ["dmarc"]}
    new = "spf=pass (sender IP is 192.0.2.1)\n smtp.mailfrom=secom.co.jp; dkim=pass (signature was verified)\n header.d=secom.co.jp;dmarc=pass action=none\n header.from=secom.co.jp;compauth=pass reason=100"
    old = "spf=pass (sender IP is 192.0.2.1)\n smtp.mailfrom=secom.co.jp; example.co.jp; dkim=pass (signature was verified)\n header.d=secom.co.jp;example.co.jp; dmarc=pass action=none\n header.from=secom.co.jp;"
    for name, field in {"new": new, "old": old, "unfolded": new.replace("\n", "")}.items():
        yield f"exchange-{name}", [f"Authentication-Results: {field}"], {**good, **rules}
    yield "exchange-above-another", [f"Authentication-Results: {new}", "Authentication-Results: mx.evil.example; dmarc=fail header.from=secom.co.jp"], {**good, **rules}
    yield "exchange-dkim", [f"Authentication-Results: {new}"], {**good, **rules, "requireAuthentication": ["dkim"]}
    bad = {"reason": "sender-not-authenticated", **rules}
    for name, fields in {
        "fail": [new.replace("dmarc=pass", "dmarc=fail")], "none": [new.replace("dmarc=pass", "dmarc=none")], "other": [new.replace("header.from=secom.co.jp", "header.from=evil.example")],
        "named": ["mx.example.co.jp; " + new], "below-named": ["mx.example.co.jp; dmarc=pass header.from=secom.co.jp", new], "bestguess": [new.replace("dmarc=pass", "dmarc=bestguesspass")],
        "twice": [new + "; dmarc=pass header.from=evil.example"], "open": [new + " ("], "domain-first": ["example.co.jp; " + old], "empty-first": ["", new], "another-first": ["x=y; " + new],
    }.items():
        yield f"no-exchange-{name}", [f"Authentication-Results: {field}" for field in fields], bad
    for name in ("X-MS-Exchange-Authentication-Results", "Authentication-Results-Original", "X-Original-Authentication-Results", "ARC-Authentication-Results"):
        yield f"no-exchange-{name.lower()}", [f"{name}: {new}"], bad


def unreadable():
    part = lambda kind, more="": f"--b\nContent-Type: {kind}\nContent-Transfer-Encoding: base64\n{more}\neJ8+IgAA\n"
    whole = lambda kind, more=(): ([f"Content-Type: {kind}", "Content-Transfer-Encoding: base64", *more], b"eJ8+IgAA\n")
    mixed = lambda *parts: (['Content-Type: multipart/mixed; boundary="b"'], ("".join(parts) + "--b--\n").encode())
    for name, (content, body), word in (
        ("smime-signed", whole("application/pkcs7-mime; smime-type=signed-data; name=smime.p7m", ["Content-Disposition: attachment; filename=smime.p7m"]), "application/pkcs7-mime"),
        ("smime-enveloped", whole("application/x-pkcs7-mime; smime-type=enveloped-data; name=smime.p7m"), "encrypted"),
        ("smime-by-name", whole("application/octet-stream; name=\"smime.p7m\""), "application/pkcs7-mime"),
        ("pgp", (['Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=b'], (part("application/pgp-encrypted") + part("application/octet-stream; name=encrypted.asc") + "--b--\n").encode()), "multipart/encrypted"),
        ("pgp-inline", (["Content-Type: text/plain"], b"-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n"), "OpenPGP"),
        ("tnef", whole("application/ms-tnef; name=winmail.dat"), "application/ms-tnef"),
        ("tnef-in-mixed", mixed(part("application/ms-tnef; name=winmail.dat")), "application/ms-tnef"),
        ("tnef-by-name", mixed("--b\nContent-Type: text/plain\n\n\n", part("application/octet-stream", "Content-Disposition: attachment; filename=\"WINMAIL.DAT\"\n")), "application/ms-tnef"),
        ("pdf", whole("application/pdf; name=otp.pdf"), "application/pdf"),
        ("pdf-by-name", mixed("--b\nContent-Type: text/plain; charset=utf-8\n\n添付をご覧ください。\n".replace("添付をご覧ください。", "See the file."), part("application/octet-stream; name=a.PDF")), "application/pdf"),
        ("spamassassin", mixed("--b\nContent-Type: text/plain\nContent-Disposition: inline\n\nSpam detection software has identified this.\n",
                              "--b\nContent-Type: message/rfc822; x-spam-type=original\nContent-Disposition: attachment\n\nSubject: x\n\n" + f"OTP: {PASSWORD}\n"), "message/rfc822"),
    ):
        yield f"unreadable-{name}", content, body, {"reason": "no-password", "details": [word, "cannot read"]}


def forgeries():
    """The header's lines are given as they are."""
    body = letter()
    rest = f"To: webmaster@example.co.jp\r\nSubject: {email.header.Header(SUBJECT, 'utf-8', header_name='Subject').encode()}\r\nDate: Tue, 10 Mar 2026 09:30:00 +0900\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n".replace("\n ", "\r\n ").replace("\r\r", "\r")
    received = "Received: from a by mx.example.co.jp; Tue, 10 Mar 2026 09:30:01 +0900\r\n"
    evil = "From: x@evil.example"
    for name, head in {
        "return-alone": f"{received}X-A: b\r{FROM}\r\n", "return-before-another": f"{received}{evil}\r{FROM}\r\n", "return-in-from": f"{received}{FROM}\rx@evil.example\r\n",
        "return-and-fold": f"{received}X-A: b\r {evil}\r{FROM}\r\n", "returns": f"{received}X-A: b\r\r{FROM}\r\n", "feed-alone": f"{received}X-A: b\n{FROM}\r\n",
        "many-returns": f"{received}X-A: b\r\r\r\r\r\r\n{FROM}\r\n", "vertical-tab": f"{received}X-A: b\x0b{FROM}\r\n", "form-feed": f"{received}X-A: b\x0c{FROM}\r\n", "next-line": f"{received}X-A: b\x85{FROM}\r\n",
        "line-separator": f"{received}X-A: b\u2028{FROM}\r\n", "nul": f"{received}X-A: b\0\r\n{FROM}\r\n", "nul-in-from": f"{received}From: x\0<ra-support@secom.co.jp>\r\n",
        "nul-in-name": f"{received}F\0rom: x@evil.example\r\n{FROM}\r\n", "control-in-name": f"{received}F\x01rom: x@evil.example\r\n{FROM}\r\n", "high-byte-in-name": f"{received}\u00a0From: x@evil.example\r\n{FROM}\r\n",
        "blank-before-name": f" {evil}\r\n{received}{FROM}\r\n", "behind-other-line": f"{received}no field\r\n{FROM}\r\n", "in-a-fold": f"{received}X-A: b\r\n {FROM}\r\n",
        "behind-empty-line": f"{received}X-A: b\n\n{FROM}\r\n", "feeds-end-the-header": f"{received}{FROM}\r\n" + rest[:-4] + f"\n\nx\r\n{evil}\r\n\r\n",
    }.items():
        yield f"forged-{name}", (head + rest).encode("utf-8", "surrogateescape") + body.encode(), None
    for name, end in {"returns": "\r", "feeds": "\n", "doubled": "\r\r\n"}.items():
        yield f"ends-{name}", mail(letter(), end=end), {"password": PASSWORD, "loginURL": URL}
    yield "ends-return-in-another-field", mail(letter(), head=(FROM, "X-A: b\rc")), {"password": PASSWORD, "loginURL": URL}


NEAR_COPY = f"""お客さま各位

平素は格別のご高配を賜り、厚く御礼申し上げます。お客さま専用画面への
ログイン用ワンタイムパスワードをお送りいたします。アクセスキーとともに下記ＵＲ
Ｌにアクセスし、ログインしてください。

○ワンタイムパスワード
    ・ワンタイムパスワード：{PASSWORD}
    ・ログイン用ＵＲＬ：{URL}

※ワンタイムパスワードは１回のログインにのみ有効です。発行から２４時間が経過すると無効に
なります。アクセスキーをお忘れの場合は https://www.secomtrust.net/service/ をご覧ください。
"""


def main():
    target = pathlib.Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    turns = itertools.cycle(FORMS)
    everything = "--all" in sys.argv
    with open(target / "expected.jsonl", "w") as expected:
        def write(name, message, what):
            (target / f"{name}.eml").write_bytes(message)
            expected.write(json.dumps({"file": f"{name}.eml", **what}, ensure_ascii=False) + "\n")

        def write_text(name, text, what, kinds=("plain", "html"), already=None, **more):
            """In one of the forms, or in all."""
            for kind in kinds if everything else kinds[:1]:
                body = text if kind == "plain" else page(text)
                for charset, encoding in FORMS if everything else [next(turns)]:
                    try:
                        body.encode({"iso-2022-jp": "iso2022_jp_ext"}.get(charset, charset))
                    except UnicodeEncodeError:
                        charset = "utf-8"
                    mark = f"-{kind}-{charset}-{encoding}" if everything else ""
                    write(name + mark, mail(body, kind, charset, encoding, **more), what)

        for name, text, kind, what in links():
            write_text(name, text, what, (kind,))
        for name, text, what in cut():
            write_text(name, text, what, ("plain",) if name in ("cut-doubled",) or "-spaced" in name or "-indented" in name else ("plain", "html"))
        for name, text, what in wordings():
            write_text(name, text, what, ("plain",) if "quoted" in name else ("plain", "html"))
        for name, subject, what in subjects():
            for charset in ("utf-8", "iso-2022-jp", "cp932", "euc-jp") if everything else ["utf-8"]:
                field = "Subject: " + email.header.Header(subject, charset, header_name="Subject").encode()
                write(name + (f"-{charset}" if everything else ""), mail(letter(), subject=field), what)
        good = {"password": PASSWORD, "loginURL": URL}
        for codec, mark in (("utf-16-be", b"\xfe\xff"), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b""), ("utf-16-le", b"")):
            for size in (5, 8, 40):
                write(f"subject-{codec}-{'marked' if mark else 'bare'}-{size}", mail(letter(), subject=utf16(SUBJECT, codec, size, mark)), good)
        for name, more, what in authentications():
            write(name, mail(letter(), more=more), what)
        for name, content, body, what in unreadable():
            write(name, mail(body, content=content), what)
        for name, message, what in forgeries():
            write(name, message, what or {"refused": True})
        write_text("near-copy", NEAR_COPY, good)


main()
