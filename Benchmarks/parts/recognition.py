"""Reading a mail, beside Python's email package on the same mails in the same run: what is an ordinary mail, over its size, and
what is made to be slow. Python's side is BytesParser with the default policy, the decoded subject and sender and the decoded text of
every text part: what a script does before it looks for a password."""
import base64, email, email.policy, pathlib, random, re, statistics, subprocess, tempfile, time

from stage.programs import PROGRAMS
from stage.report import Section, progress

URL = "https://www.login.secomtrust.net/customer/customer/pfw/pfw-public-user-login.do"
SUBJECT = "お客様専用画面ログイン用ワンタイムパスワードのご案内"
LETTER = f"""お客さま各位

平素よりセコムパスポートfor Webをご利用いただき、誠にありがとうございます。
お客様専用画面にログインするためのワンタイムパスワードをお知らせします。
下記ＵＲ
Ｌにアクセスし、アクセスキーとワンタイムパスワードを入力してください。

○ワンタイムパスワード
    ・ワンタイムパスワード：aB3$x9Kq2L
    ・ログイン用ＵＲＬ：{URL}

ワンタイムパスワードは1回のログインにのみ有効です。メール発行から24時間で無効となります。

--
セコムＣＡサポートセンター
ra-support@secom.co.jp
"""


def words(text):
    data = text.encode("iso2022_jp")
    return f"=?ISO-2022-JP?B?{base64.b64encode(data).decode()}?="


def header():
    received = "".join(
        f"Received: from mx{n}.example.co.jp (mx{n}.example.co.jp [192.0.2.{n}])\r\n\tby mail.example.co.jp (Postfix) with ESMTPS id "
        f"4F0{n}A1B2C\r\n\tfor <webmaster@example.co.jp>; Tue, 10 Mar 2026 09:30:0{n} +0900 (JST)\r\n" for n in range(4))
    return (f"Return-Path: <ra-support@secom.co.jp>\r\nDelivered-To: webmaster@example.co.jp\r\n{received}"
            f"Date: Tue, 10 Mar 2026 09:30:00 +0900\r\nFrom: {words('セコムCAサポートセンター')} <ra-support@secom.co.jp>\r\n"
            f"To: webmaster@example.co.jp\r\nSubject: {words(SUBJECT[:14])}\r\n {words(SUBJECT[14:])}\r\n"
            "Message-ID: <20260310093000.ABCD@secom.co.jp>\r\nMIME-Version: 1.0\r\n").encode()


def plain():
    return header() + b"Content-Type: text/plain; charset=ISO-2022-JP\r\nContent-Transfer-Encoding: 7bit\r\n\r\n" + \
        LETTER.replace("\n", "\r\n").encode("iso2022_jp")


def utf8(encoding):
    body = LETTER.replace("\n", "\r\n").encode()
    body = base64.encodebytes(body).replace(b"\n", b"\r\n") if encoding == "base64" else body
    return header() + f"Content-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode() + body


def html():
    body = "<html><body>" + "".join(f"<p>{line}</p>\r\n" for line in LETTER.split("\n")) + "</body></html>"
    return header() + b"Content-Type: text/html; charset=UTF-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + body.encode()


def multipart(size):
    data = base64.encodebytes(random.Random(1).randbytes(size * 54 // 74)).replace(b"\n", b"\r\n")
    text = b"Content-Type: text/plain; charset=ISO-2022-JP\r\n\r\n" + LETTER.replace("\n", "\r\n").encode("iso2022_jp")
    return header() + b'Content-Type: multipart/mixed; boundary="=_b"\r\n\r\n--=_b\r\n' + text + \
        b"\r\n--=_b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\n" + \
        data + b"--=_b--\r\n"


def python(message):
    parsed = email.message_from_bytes(message, policy=email.policy.default)
    str(parsed["subject"]), str(parsed["from"])
    for part in parsed.walk():
        if part.get_content_maintype() == "text":
            part.get_content()


def measure_python(message, seconds):
    """Microseconds a mail: the best of several rounds, and the median."""
    samples = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or len(samples) < 5:
        start = time.perf_counter()
        for _ in range(20):
            python(message)
        samples.append((time.perf_counter() - start) / 20 * 1e6)
    return min(samples), statistics.median(samples)


def allocations(path):
    """Calls of malloc for one reading, counted by valgrind over a hundred of them."""
    with tempfile.TemporaryDirectory() as directory:
        # Valgrind ends at debug information that is newer than itself.
        program = pathlib.Path(directory) / "benchmark"
        subprocess.run(["strip", "-o", program, PROGRAMS / "benchmark-recognition"], check=True)

        def total(times):
            report = subprocess.run(["valgrind", "--tool=memcheck", program, "--times", str(times), path],
                                    check=True, capture_output=True, text=True).stderr
            return int(re.search(r"total heap usage: ([\d,]+) allocs", report)[1].replace(",", ""))

        return (total(200) - total(100)) / 100


def measure_both(directory, message, seconds):
    """(best, median) of ours, and of Python, and the allocations of ours."""
    path = pathlib.Path(directory, "mail.eml")
    path.write_bytes(message)
    line = subprocess.run([PROGRAMS / "benchmark-recognition", path], check=True, capture_output=True, text=True).stdout.strip().split("\t")
    if line[4] != "accepted":
        raise RuntimeError(line[4])
    return (float(line[2]), float(line[3])), measure_python(message, seconds), allocations(path)


def measure(quick, mails):
    seconds = 0.3 if quick else 3
    section = Section("Recognition")
    section.text("One processor, microseconds per mail, the best of many rounds and, in brackets, their median; mails per second and the ratio are calculated from the best. Allocations: malloc calls for one mail.")
    kinds = {"plain mail (ISO-2022-JP)": plain(), "UTF-8, 8bit": utf8("8bit"), "UTF-8, base64": utf8("base64"),
             "HTML": html(), **{f"with {size // 1000} KB attached": multipart(size) for size in (10_000, 100_000, 900_000)}}
    rows, lines = [], {"Python's email": [], "secom-otpd": []}
    with tempfile.TemporaryDirectory() as directory:
        for name, message in kinds.items():
            ours, python_s, count = measure_both(directory, message, seconds)
            rows.append([name, len(message), f"{count:.0f}", f"{1e6 / ours[0]:.0f}", f"{ours[0]:.1f} ({ours[1]:.1f})",
                         f"{python_s[0]:.0f} ({python_s[1]:.0f})", f"{python_s[0] / ours[0]:.0f}"])
            progress("  ".join(map(str, rows[-1])))
            if "attached" in name or "plain" in name:
                lines["secom-otpd"].append((len(message), ours[0]))
                lines["Python's email"].append((len(message), python_s[0]))
    section.table(["mail", "bytes", "allocations", "mails/s", "secom-otpd, us", "Python, us", "times"], rows)
    section.plot("recognition", "Reading a mail over its size", "bytes", "microseconds, the best", lines, log_x=True, log_y=True)
    hostile = subprocess.run([PROGRAMS / "benchmark-recognition", "--hostile"], check=True, capture_output=True, text=True).stdout
    section.text("Inputs crafted to be slow, at one, two and four times a size: microseconds, the best. Barring interference, an input four times as large takes about four times as long, not sixteen.")
    section.text(f"```\n{hostile.rstrip()}\n```")
    return section
