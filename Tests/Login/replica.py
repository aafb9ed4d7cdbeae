#!/usr/bin/env python3
"""A replica of the pages of SECOM's login procedure, made from its public instructions alone, in several dresses and with faults.

    replica.py DIRECTORY DOVECOT

It is an HTTP proxy on a free port of 127.0.0.1, which it prints. CONNECT leads to the pages if the host is www.replica.test or
login.replica.test; for any other host the reply is 502. What is requested, filled in and pressed is written to DIRECTORY/log, one JSON
object per line, without any value. DIRECTORY has chain.pem and key.pem, and account: a JSON object with
accessKey and mail. Passwords go out by LMTP, through the private server in DOVECOT, and to DIRECTORY/passwords.

The first page is https://www.replica.test/DRESS/FAULT/login.html.
"""
import html
import json
import os
import secrets
import socket
import socketserver
import ssl
import struct
import subprocess
import sys
import threading
import urllib.parse

import dresses

HOSTS = ("www.replica.test", "login.replica.test")
directory, dovecot = sys.argv[1:3]
tree = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
account = json.load(open(f"{directory}/account"))
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(f"{directory}/chain.pem", f"{directory}/key.pem")
lock = threading.Lock()
live = {}  # password: dress and fault that it was mailed for
sessions = {}  # cookie: password


def log(**what):
    with lock, open(f"{directory}/log", "a") as file:
        print(json.dumps(what), file=file)


def mail(dress, fault):
    password = secrets.token_urlsafe(8).replace("-", "x").replace("_", "y")
    with lock:
        live[password] = (dress, fault)
        with open(f"{directory}/passwords", "a") as file:
            print(password, file=file)
    if fault == "mail-never-comes":
        return
    url = f"https://login.replica.test/{dress}/{fault}/pfw-public-user-login.do"
    servers = f"{tree}/Tests/SystemTests/servers"
    letter = subprocess.run([f"{servers}/letter", password, url, account["mail"]], check=True, capture_output=True).stdout
    subprocess.run([f"{servers}/dovecot", "deliver", dovecot, account["mail"]], input=letter, check=True, capture_output=True)
    log(mailed=f"{dress}/{fault}")


class Reset(Exception):
    """The connection is reset."""


class Replica(socketserver.StreamRequestHandler):
    def handle(self):
        line = self.rfile.readline(4096).decode("latin-1").split()
        while self.rfile.readline(65536) not in (b"\r\n", b"\n", b""):
            pass
        if len(line) < 2:
            return
        host = line[1].rsplit(":", 1)[0]
        log(connect=line[1], method=line[0])
        if line[0] != "CONNECT" or host not in HOSTS:
            self.wfile.write(b"HTTP/1.1 502 Not here\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            return
        self.wfile.write(b"HTTP/1.1 200 Connected\r\n\r\n")
        raw = self.connection
        try:
            with context.wrap_socket(raw, server_side=True) as secure:
                self.serve(secure, host)
        except Reset:
            pass
        except (OSError, ssl.SSLError):
            pass

    def serve(self, secure, host):
        stream = secure.makefile("rb")
        while True:
            request = stream.readline(8192).decode("latin-1").split()
            if len(request) != 3:
                return
            headers = {}
            while (header := stream.readline(65536).decode("latin-1")).strip():
                name, _, value = header.partition(":")
                headers[name.lower()] = value.strip()
            body = stream.read(int(headers.get("content-length", 0)))
            try:
                status, extra, page = self.answer(host, request[0], request[1], headers, body)
            except Reset:
                secure.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                secure.close()
                raise
            if isinstance(page, str):
                page = page.encode()
            kind = extra.pop("Content-Type", "text/html")
            head = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(page)}\r\nCache-Control: no-store\r\n"
            is_last = headers.get("connection", "").lower() == "close"
            head += "Connection: close\r\n" if is_last else ""
            head += "".join(f"{name}: {value}\r\n" for name, value in extra.items())
            secure.sendall(head.encode() + b"\r\n" + page)
            if is_last:
                return

    def answer(self, host, method, target, headers, body):
        url = urllib.parse.urlsplit(target)
        parts = url.path.strip("/").split("/")
        if len(parts) != 3 or parts[0] not in dresses.DRESSES:
            return 404, {}, "<title>404</title>"
        dress, fault, name = parts
        wear = dresses.DRESSES[dress](fault)
        fields = {}
        if method == "POST":
            if "json" in headers.get("content-type", ""):
                fields = json.loads(body)
            else:
                fields = {k: v[0] for k, v in urllib.parse.parse_qs(body.decode("latin-1"), keep_blank_values=True, encoding=wear.charset).items()}
        log(host=host, method=method, path=url.path, query=sorted(urllib.parse.parse_qs(url.query)), filled=sorted(k for k, v in fields.items() if v))
        place = "at_" + name.split(".")[0].replace("-", "_")
        # A dress may have pages of its own.
        page = getattr(self, place, None)
        if page is None and hasattr(wear, place):
            page = lambda wear, *_: getattr(wear, place)()
        if page is None:
            return 404, {}, "<title>404</title>"
        result = page(wear, dress, fault, method, fields, headers)
        status, extra, page = result if isinstance(result, tuple) else (200, {}, result)
        if isinstance(page, str) and "Content-Type" not in extra:
            extra["Content-Type"] = f"text/html; charset={wear.charset}"
            page = page.encode(wear.charset, "xmlcharrefreplace")
        return status, extra, page

    # The pages, by their names.

    def at_login(self, wear, dress, fault, *_):
        if fault == "down":
            raise Reset
        if fault == "maintenance":
            return 503, {}, wear.page("お知らせ", "<h1>ただいまメンテナンス中です。</h1><p>ご不便をおかけします。</p>")
        if fault == "unknown-start":
            return wear.page("リニューアル", '<h1>サイトが新しくなりました</h1><p><a href="customer.html">マイページへ</a></p>')
        if fault == "stranger":
            return wear.page("ログイン", '<a href="https://www.elsewhere.test/">ログイン ワンタイムパスワードご利用のお客様</a>')
        return wear.start()

    def at_customer(self, wear, *_):
        return wear.customer()

    def at_menu(self, wear, *_):
        return wear.menu()

    def at_generate(self, wear, dress, fault, *_):
        if fault == "generate-500":
            return 500, {}, wear.page("Error", "<h1>Internal Server Error</h1>")
        return wear.generate()

    def at_form(self, wear, *_):
        return wear.form()

    def at_send(self, wear, dress, fault, method, fields, headers):
        if "b" in fields:
            return self.at_reissue(wear, dress, fault)
        log(pressed="request", dress=dress, fault=fault)
        if fault == "request-hangs":
            threading.Event().wait(3600)
        if fault == "request-reset":
            raise Reset
        if fault == "request-500":
            return 500, {}, wear.page("Error", "<h1>Internal Server Error</h1>")
        if fault == "request-unknown":
            return wear.answer(wear.page("キャンペーン", "<h1>今月のキャンペーン</h1>"), "今月のキャンペーン", True)
        if fields.get("key") != account["accessKey"] or fields.get("mail") != account["mail"] or fault == "wrong-key":
            text = "アクセスキーまたはメールアドレスが正しくありません。"
            return wear.answer(wear.form(text) if fault != "wrong-key" else wear.page("エラー", f"<p class=error>{text}</p><p><a href='generate.html'>戻る</a></p>"), text, False)
        threading.Thread(target=mail, args=(dress, fault), daemon=True).start()
        return wear.answer(wear.page("受付", "<p>ワンタイムパスワードをメールで送信しました。</p><p>メールをご確認のうえ、ログインしてください。</p>"), "ワンタイムパスワードを送信しました。", True)

    def at_reissue(self, wear, dress, fault, *_):
        log(pressed="reissue", dress=dress, fault=fault)
        return wear.page("再取得", "<p>アクセスキーをお送りしました。</p>")

    def at_pfw_public_user_login(self, wear, dress, fault, *_):
        if fault == "login-down":
            raise Reset
        if fault == "login-maintenance":
            return wear.page("お知らせ", "<h1>ただいまメンテナンス中です。</h1>")
        if fault == "login-changed":
            return wear.page("ログイン", '<form method=post action=enter.do><label>お客様番号<input name=n></label><label>ワンタイムパスワード<input name=otp></label><input type=submit value=ログイン></form>')
        return wear.login()

    def at_loginform(self, wear, *_):
        return wear.loginform()

    def at_enter(self, wear, dress, fault, method, fields, headers):
        log(pressed="login", dress=dress, fault=fault)
        with lock:
            known = live.pop(fields.get("otp"), None)
        if fault == "login-hangs":
            threading.Event().wait(3600)
        if fault == "login-reset":
            raise Reset
        if fault == "login-500":
            return 500, {}, wear.page("Error", "<h1>Internal Server Error</h1>")
        if fault == "login-unknown":
            return wear.answer(wear.page("アンケート", "<h1>アンケートにご協力ください</h1>"), "アンケートにご協力ください", True)
        if fault == "login-error-page":
            return wear.answer(wear.page("エラー", "<h1>エラー</h1><p>ワンタイムパスワードが正しくありません。</p>"), "エラー", True)
        if fault == "login-alert":
            return wear.page("ログイン", "<script>alert('システムの都合により処理を中断しました')</script>")
        if known != (dress, fault) or fields.get("key") != account["accessKey"] or fault == "expired":
            text = "ワンタイムパスワードの有効期限が切れています。" if fault == "expired" else "アクセスキーまたはワンタイムパスワードが正しくありません。"
            # Some pages say again what was typed.
            return wear.answer(wear.loginform(f"{text}({html.escape(fields.get('otp') or '')})"), text, False)
        cookie = secrets.token_hex(16)
        with lock:
            sessions[cookie] = fields["otp"]
        where = f"Set-Cookie", f"session={cookie}; Secure; HttpOnly; Path=/"
        status, extra, page = wear.answer(wear.home(), "", True)
        return status, {**extra, where[0]: where[1]}, page

    def at_home(self, wear, dress, fault, method, fields, headers):
        return wear.home() if self.is_in(headers) else (403, {}, wear.page("Error", "<h1>403</h1>"))

    def at_certificate(self, wear, dress, fault, method, fields, headers):
        if not self.is_in(headers):
            return 403, {}, "no"
        log(downloaded=dress)
        return 200, {"Content-Type": "application/x-pem-file"}, "-----BEGIN CERTIFICATE-----\n"

    def at_logout(self, wear, dress, fault, method, fields, headers):
        log(pressed="logout", dress=dress, fault=fault)
        with lock:
            for cookie in [c for c in sessions if c in headers.get("cookie", "")]:
                del sessions[cookie]
        return wear.page("ログアウト", "<p>ログアウトしました。</p>")

    def is_in(self, headers):
        with lock:
            return any(cookie in headers.get("cookie", "") for cookie in sessions)


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64


server = Server(("127.0.0.1", 0), Replica)
print(server.server_address[1], flush=True)
server.serve_forever()
