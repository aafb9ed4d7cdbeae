"""The pages of the replica, in seven dresses: the same procedure as seven web sites might have it.

DRESSES=FILE adds those of a Python file: each of its classes is one, named after the class in lower case. Most are made from Plain,
which a file gets by "from dresses import Plain"; README.md says what a dress consists of.
"""
import importlib.util
import json
import os
import pathlib

REISSUE = "※アクセスキーを忘れた方はメールで再取得ください。"


class Plain:
    """UTF-8, labels, links."""

    charset = "utf-8"
    # What an operator would change in the recipe for these pages: pairs of a text in it and its replacement.
    recipe = ()

    def __init__(self, fault):
        self.fault = fault

    def page(self, title, body, head=""):
        return f"<!DOCTYPE html><html lang=ja><head><meta charset={self.charset}><title>{title}</title>{head}</head><body>{body}<hr><p>セコムトラストシステムズ</p></body></html>"

    def start(self):
        return self.page(
            "ログイン",
            "<h1>セコムパスポート for Web お客様専用ページ</h1><ul>"
            '<li><a href="certificate-login.html">ログイン クライアント証明書ご利用のお客様</a>'
            '<li><a href="customer.html">ログイン ワンタイムパスワードご利用のお客様</a></ul>'
            '<img src="https://tracker.elsewhere.test/p.gif" width=1 height=1><link rel=stylesheet href="https://fonts.elsewhere.test/a.css">',
        )

    def customer(self):
        return self.page("手順", "<p>一度ログアウトされると無効となります。</p><a href='generate.html'>ワンタイムパスワード生成ページへ</a> <a href='login.html'>戻る</a>")

    def generate(self):
        return self.form()

    def menu(self):
        return self.page("メニュー", "")

    def error(self, text):
        return f"<p style='color:red'>{text}</p>" if text else ""

    def form(self, error=""):
        request = (
            f"<h2>ワンタイムパスワードの生成</h2><form method={'get' if self.fault == 'get-form' else 'post'} action=send.do>"
            "<p><label for=k>アクセスキー（半角英数字）</label> <input id=k name=key type=password autocomplete=off></p>"
            "<p><label for=m>メールアドレス</label> <input id=m name=mail type=email></p><input type=reset value=クリア> <input type=submit value=送信></form>"
        )
        reissue = (
            f"<h2>アクセスキーの再取得</h2><p>{REISSUE}</p><form method=post action=reissue.do>"
            "<p><label for=s>ご契約のWebサーバ名</label> <input id=s name=server></p>"
            "<p><label for=n>メールアドレス</label> <input id=n name=mail></p><input type=submit value=送信></form>"
        )
        return self.page("生成", self.error(error) + ("" if self.fault == "trap-alone" else request) + reissue)

    def answer(self, page, text, taken):
        return 200, {}, page

    def login(self):
        return self.loginform()

    def loginform(self, error=""):
        return self.page(
            "お客様専用ページ ログイン",
            self.error(error)
            + "<form method=post action=enter.do><p><label>アクセスキー <input name=key type=password></label></p>"
            "<p><label>ワンタイムパスワード <input name=otp type=password></label></p><button>ログイン</button></form>"
            "<p>ワンタイムパスワードの有効期限は24時間です。</p>",
        )

    def home(self):
        return self.page(
            "お客様専用ページ",
            "<p>お客様専用ページにログインしました。</p><table><tr><td>www.example.co.jp<td>有効期限 2027/03/31<td><a href=detail.html>詳細</a></table>"
            "<p><a href=certificate.do>証明書、ステッカーのダウンロード</a> <a href=renew.html>更新</a> <a href=again.html>再発行</a> <a href=logout.do>ログアウト</a></p>",
        )


class Tables(Plain):
    """Shift_JIS, layout in nested tables, no label, half-width kana, required marks, everything in one form."""

    charset = "shift_jis"

    def start(self):
        return self.page(
            "ログイン",
            "<table width=100%><tr><td><table><tr><td><a href=customer.html><font color=blue>ログイン<br>ワンタイムパスワードご利用のお客様</font></a></table><td>"
            "<a href=other.html>ログイン<br>電子証明書ご利用のお客様</a></table>",
        )

    def customer(self):
        return self.page("手順", "<center><form action=generate.html><input type=submit value='ﾜﾝﾀｲﾑﾊﾟｽﾜｰﾄﾞ生成ﾍﾟｰｼﾞへ'></form></center>")

    def form(self, error=""):
        request = (
            "<tr><th colspan=2>１．ワンタイムパスワードの生成"
            "<tr><td>ｱｸｾｽｷｰ<font color=red>※必須</font><br><small>半角英数字でご入力ください</small><td><input name=key size=20 maxlength=32> 半角"
            "<tr><td>メールアドレス<font color=red>※必須</font><td><input name=mail size=40><tr><td colspan=2><input type=submit name=a value='　送　信　'>"
        )
        reissue = (
            f"<tr><td colspan=2>{REISSUE}<tr><td>ご契約のＷｅｂサーバ名<td><input name=server>"
            "<tr><td>メールアドレス<td><input name=mail2><tr><td colspan=2><input type=submit name=b value='　送　信　'>"
        )
        return self.page(
            "生成",
            self.error(error) + f"<form method=post action=send.do><table border=1>{'' if self.fault == 'trap-alone' else request}{reissue}</table></form>",
        )

    def loginform(self, error=""):
        return self.page(
            "ログイン",
            self.error(error)
            + "<form method=post action=enter.do><table border=1><tr><td>ｱｸｾｽｷｰ：<td>：<td><input type=password name=key>"
            "<tr><td>ワンタイムパスワード：<td>：<td><input type=password name=otp></table><input type=submit value='ログイン'></form>",
        )


class Frames(Plain):
    """A frameset with a menu; the forms in a frame; columns with their names above."""

    def frameset(self, main):
        return (
            f"<html><head><meta charset=utf-8><title>セコムパスポート</title></head><frameset cols='200,*'>"
            f"<frame src=menu.html name=menu><frame src={main} name=main></frameset></html>"
        )

    def menu(self):
        return self.page("メニュー", "<a href=login.html target=_top>トップ</a><br><a href=faq.html target=main>よくあるご質問</a>")

    def generate(self):
        return self.frameset("form.html")

    def form(self, error=""):
        request = (
            "<form method=post action=send.do><table><tr><th>アクセスキー<th>メールアドレス<th>"
            "<tr><td><input name=key><td><input name=mail><td><input type=submit value=送信></table></form>"
        )
        return self.page(
            "生成",
            self.error(error) + ("" if self.fault == "trap-alone" else request)
            + f"<p>{REISSUE}</p><form method=post action=reissue.do><table><tr><th>Webサーバ名<th>メールアドレス<th>"
            "<tr><td><input name=server><td><input name=mail><td><input type=submit value=送信></table></form>",
        )

    def login(self):
        return self.frameset("loginform.html")

    def loginform(self, error=""):
        return self.page(
            "ログイン",
            self.error(error) + "<form method=post action=enter.do><dl><dt>アクセスキー<dd><input name=key type=password><dt>ワンタイムパスワード<dd><input name=otp type=password></dl>"
            "<a href='javascript:document.forms[0].submit()'>ログイン</a></form>",
        )


class Images(Plain):
    """Pictures for links and buttons, with the words beside them; no label at all."""

    GIF = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"

    def picture(self, words):
        return f'<img src="{self.GIF}" width=120 height=30 alt="{words}">'

    def start(self):
        return self.page(
            "ログイン",
            f"<a href=cert.html>{self.picture('ログイン 電子証明書ご利用のお客様')}</a><a href=customer.html>{self.picture('ログイン ワンタイムパスワードご利用のお客様')}</a>",
        )

    def customer(self):
        return self.page(
            "手順",
            f"<map name=m><area shape=rect coords='0,0,120,30' href=generate.html alt='ワンタイムパスワード生成ページへ'></map>"
            f"<img src='{self.GIF}' width=120 height=30 usemap='#m' alt=''>",
        )

    def button(self, words):
        return f'<input type=image src="{self.GIF}" width=80 height=30 alt="{words}">'

    def form(self, error=""):
        request = f"<form method=post action=send.do><table><tr><td>ワンタイムパスワードの生成<tr><td>アクセスキー：<br><input name=key><tr><td>メールアドレス：<br><input name=mail><tr><td>{self.button('送信')}</table></form>"
        return self.page(
            "生成",
            "<table><tr><td>トップ<br>よくあるご質問<td>" + self.error(error) + ("" if self.fault == "trap-alone" else request) + "</table>"
            + f"{REISSUE}<form method=post action=reissue.do>Webサーバ名（証明書発行先のドメイン名）：<br><input name=server><br>メールアドレス：<br><input name=mail><br>{self.button('送信')}</form>",
        )

    def loginform(self, error=""):
        return self.page(
            "ログイン",
            self.error(error) + f"<form method=post action=enter.do>アクセスキー：<input name=key type=password><br>ワンタイムパスワード：<input name=otp type=password><br>{self.button('ログイン')}</form>",
        )


class Script(Plain):
    """No form: fields that a script makes, also in a shadow root, and sends; a button that wakes once they are full."""

    def run(self, script):
        return self.page("セコムパスポート", f"<main id=app></main><script>{script}</script>")

    def start(self):
        return self.run(
            "setTimeout(() => { app.innerHTML = '<div id=a style=\"cursor:pointer\">ログイン<br>ワンタイムパスワードご利用のお客様</div>';"
            "a.addEventListener('click', () => { location = 'customer.html' }) }, 300)"
        )

    def customer(self):
        return self.run("app.innerHTML = '<span role=button tabindex=0 id=b>ワンタイムパスワード生成ページへ ▶</span>'; b.onclick = () => { location = 'generate.html' }")

    def sender(self, names, path, button):
        """A section that sends by itself."""
        fields = "".join(f"<div><input name={n} placeholder='{t}' aria-label='{t}'></div>" for n, t in names)
        return (
            f"(() => {{ const s = document.createElement('section'); app.append(s); const r = s.attachShadow({{mode: 'open'}});"
            f"r.innerHTML = `<div id=say></div>{fields}<button type=button disabled>{button}</button>`; const b = r.querySelector('button');"
            "const all = [...r.querySelectorAll('input')];"
            "r.addEventListener('input', () => setTimeout(() => { b.disabled = all.some(i => !i.value) }, 100));"
            f"b.onclick = async () => {{ b.disabled = true; const reply = await fetch('{path}', {{method: 'POST', headers: {{'Content-Type': 'application/json'}},"
            "body: JSON.stringify(Object.fromEntries(all.map(i => [i.name, i.value])))});"
            "if (!reply.ok) { document.body.textContent = 'Error ' + reply.status; return }"
            "const said = await reply.json(); if (said.next) { location = said.next } else if (said.taken) { app.textContent = said.text }"
            "else { r.getElementById('say').textContent = said.text; all.forEach(i => { i.value = '' }) } } })();"
        )

    def form(self, error=""):
        request = self.sender([("key", "アクセスキー"), ("mail", "メールアドレス")], "send.do", "送信")
        reissue = self.sender([("server", "Webサーバ名"), ("mail", "メールアドレス")], "reissue.do", "送信")
        return self.run(("" if self.fault == "trap-alone" else request) + f"app.append('{REISSUE}');" + reissue)

    def answer(self, page, text, taken):
        said = {"taken": taken, "text": text}
        if taken and not text:
            said["next"] = "home.html"
        return 200, {"Content-Type": "application/json"}, json.dumps(said)

    def loginform(self, error=""):
        return self.run(self.sender([("key", "アクセスキー"), ("otp", "ワンタイムパスワード")], "enter.do", "ログイン"))


class Windows(Plain):
    """Everything opens in another window; dialogs ask before something is sent."""

    recipe = (('press = ["送信", "送信する"]', 'press = { words = ["送信", "送信する"], confirm = ["送信します"] }'),)

    def start(self):
        return self.page("ログイン", "<a href=customer.html target=_blank rel=noopener>ログイン ワンタイムパスワードご利用のお客様</a>")

    def customer(self):
        return self.page("手順", "<button onclick=\"window.open('generate.html')\">ワンタイムパスワード生成ページへ</button>")

    def form(self, error=""):
        return super().form(error).replace("action=send.do", "action=send.do target=_blank onsubmit=\"return confirm('送信します。よろしいですか？')\"")

    def loginform(self, error=""):
        return super().loginform(error).replace("action=enter.do", "action=enter.do target=_blank")


class Framework(Plain):
    """One page that draws all others: answers beside the form, labels behind their fields, words that are drawn as icons."""

    SCRIPT = (pathlib.Path(__file__).parent / "framework.js").read_text()

    def app(self, error=""):
        style = "<style>.row{position:relative}.row label{position:absolute;left:8px;pointer-events:none}.toast{position:fixed;bottom:0}</style>"
        return self.page("セコムパスポート", f"<main id=app></main><script>const isTrapAlone = {json.dumps(self.fault == 'trap-alone')};{self.SCRIPT}</script>", style)

    start = customer = form = loginform = home = app

    def answer(self, page, text, taken):
        return 200, {"Content-Type": "application/json"}, json.dumps({"taken": taken, "text": text})


DRESSES = {"plain": Plain, "tables": Tables, "frames": Frames, "images": Images, "script": Script, "windows": Windows, "framework": Framework}
if file := os.environ.get("DRESSES"):
    specification = importlib.util.spec_from_file_location("more_dresses", file)
    more = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(more)
    DRESSES |= {n.lower(): c for n, c in vars(more).items() if isinstance(c, type) and c.__module__ == more.__name__ and not n.startswith("_")}
