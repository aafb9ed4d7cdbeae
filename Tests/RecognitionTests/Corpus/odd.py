#!/usr/bin/env python3
"""Writes the letters of odd/, each broken or unusual in one way, and what must be read out of them: odd.py, in Corpus."""
import base64,quopri,json,pathlib
S='お客様専用画面ログイン用ワンタイムパスワードのご案内'; U='https://www.login.secomtrust.net/customer/customer/pfw/pfw-public-user-login.do'
H=f'From: ra-support@secom.co.jp\nSubject: {S}\nDate: Tue, 10 Mar 2026 09:30:00 +0900\nTo: a@b.example\n'.encode()
T=f'ワンタイムパスワード: abcd1234\nログインURL: {U}\n'
out=[]
def ok(n,m): out.append((n,m))
# QP of =0D=0A
ok('qp-crlf-encoded',H+b'Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n'+''.join('=%02X'%b for b in T.replace('\n','\r\n').encode()).encode())
# JIS in QP
ok('jis-qp',H+b'Content-Type: text/plain; charset=iso-2022-jp\nContent-Transfer-Encoding: quoted-printable\n\n'+quopri.encodestring(T.encode('iso2022_jp')))
# base64 with 8 chars per line, CRCRLF
ok('b64-short',H+b'Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n'+b'\n'.join(base64.b64encode(T.encode())[i:i+8] for i in range(0,9999,8)))
ok('b64-perline',H+b'Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n'+b'\n'.join(base64.b64encode(l.encode()+b'\n') for l in T.split('\n')))
ok('b64-oneline-footer',H+b'Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n'+base64.b64encode(T.encode())+b'\n\n-- \nList footer https://x.example/\n')
ok('b64-junk',H+b'Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n'+base64.encodebytes(T.encode()).replace(b'h',b'h! ').replace(b'z',b'z\x00-'))
ok('b64-spaces',H+b'Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n'+b' '.join(base64.b64encode(T.encode())[i:i+4] for i in range(0,9999,4)))
ok('b64-leading-blank',H+b'Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n\n\n  '+base64.encodebytes(T.encode()))
ok('b64-double-spaced',H+b'Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n'+base64.encodebytes(T.encode()*1).replace(b'\n',b'\n\n'))
ok('utf16be-nobom',H+b'Content-Type: text/plain; charset=utf-16be\nContent-Transfer-Encoding: base64\n\n'+base64.encodebytes(T.encode('utf-16-be')))
ok('utf16le-nobom',H+b'Content-Type: text/plain; charset=utf-16\nContent-Transfer-Encoding: base64\n\n'+base64.encodebytes(T.encode('utf-16-le')))
ok('utf16-bom-labelled-utf8',H+b'Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n'+base64.encodebytes(T.encode('utf-16')))
ok('jis7-SO',H+b'Content-Type: text/plain; charset=iso-2022-jp\n\n'+b'\x0e'+bytes(c&0x7f for c in 'ﾜﾝﾀｲﾑﾊﾟｽﾜｰﾄﾞ'.encode('cp932'))+b'\x0f: abcd1234\n\x1b(I'+bytes(c&0x7f for c in 'ﾛｸﾞｲﾝ'.encode('cp932'))+b'\x1b(BURL: '+U.encode())
ok('jis8',H+b'Content-Type: text/plain; charset=iso-2022-jp\n\n'+'ﾜﾝﾀｲﾑﾊﾟｽﾜｰﾄﾞ: abcd1234\n'.encode('cp932')+'ログインURL: '.encode('iso2022_jp')+U.encode())
ok('jis-no-final-escape',H+b'Content-Type: text/plain; charset=iso-2022-jp\n\n'+('ワンタイムパスワード：\nabcd1234\nログインURL：\n'+U).encode('iso2022_jp').replace(b'\x1b(B\n',b'\n'))
ok('no-mime',H.replace(S.encode(),S.encode('iso2022_jp'))+b'\n'+T.encode('iso2022_jp'))
ok('sjis-no-mime',H.replace(S.encode(),S.encode('cp932'))+b'\n'+T.encode('cp932'))
ok('euc-no-mime',H.replace(S.encode(),S.encode('euc_jp'))+b'\n'+T.encode('euc_jp'))
ok('short-sjis-body',H+b'Content-Type: text/plain; charset=us-ascii\n\n'+T.encode('cp932'))
ok('ct-junk',H+b'Content-Type: text\n\n'+T.encode()); ok('ct-empty',H+b'Content-Type:\n\n'+T.encode()); ok('ct-bad',H+b'Content-Type: ;charset=utf-8\n\n'+T.encode())
ok('cte-bad',H+b'Content-Type: text/plain\nContent-Transfer-Encoding: 8-bit;\n\n'+T.encode())
ok('from-line',b'From ra-support@secom.co.jp Tue Mar 10 09:30:00 2026\n'+H+b'\n'+T.encode())
ok('nul-in-body',H+b'\n\0\0x\0\n'+T.encode())
ok('same-boundary',H+b'Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n'+T.encode()+b'\n--b--\n--b--\n')
ok('prefix-boundary',H+b'Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/alternative; boundary=bb\n\n--bb\nContent-Type: text/plain\n\n'+T.encode()+b'\n--bb--\n--b--\n')
ok('words-8bit-mixed',H.replace(S.encode(),'お客様専用画面'.encode()+b' =?x?q?y').replace(b' =?x?q?y','ログイン用ワンタイムパスワードのご案内'.encode())+b'\n'+T.encode())
ok('html-mso',H+b'Content-Type: text/html; charset=utf-8\n\n'+('<p class=MsoListParagraph><![if !supportLists]><span style=\'font-family:Wingdings\'><span style=\'mso-list:Ignore\'>l<span style=\'font:7.0pt "Times New Roman"\'>&nbsp;&nbsp; </span></span></span><![endif]><span lang=JA>ワンタイムパスワード</span><span lang=EN-US>: abcd1234<o:p></o:p></span></p><p>ログイン用<span lang=EN-US>URL: &lt;<a href="'+U+'">'+U+'</a>&gt;</span></p>').encode())
# A bullet of a set that nobody decodes: Latin, Chinese, Korean (ISO-2022-JP-2), a company's own (ISO-2022-JP-MS), JIS X 0213's second plane
for n,b in {'latin':b'\x1b.A\x1bN7 ','chinese':b'\x1b$A!q','korean':b'\x1b$(C!_\x1b(B ','own':b'\x1b$(?!!','plane2':b'\x1b$(P!!'}.items():
    ok('jis-bullet-'+n,H+b'Content-Type: text/plain; charset=iso-2022-jp-2\n\n'+b''.join(b+l.encode('iso2022_jp')+b'\n' for l in T.splitlines()))
# A gateway's text in Shift_JIS beside the letter in EUC-JP
D='お客さま各位\n\n下記ＵＲＬにアクセスし、ログインしてください。\n\n'.encode('euc_jp')+T.encode('euc_jp'); G='【社外】このメールは社外から送信されています。リンクにご注意ください。\n'.encode('cp932')
ok('euc-sjis-before',H+b'Content-Type: text/plain; charset=euc-jp\n\n'+G+D); ok('euc-sjis-behind',H+b'Content-Type: text/plain\n\n'+D+G)
# A label that the bytes belie
for e in ('base64','quoted-printable'):
    for c in ('utf-8','iso-2022-jp','cp932','euc-jp'): ok(f'never-{e}-{c}',H+f'Content-Type: text/plain; charset={c}\nContent-Transfer-Encoding: {e}\n\n'.encode()+T.encode({'iso-2022-jp':'iso2022_jp'}.get(c,c)))
# JIS that a gateway has cut between two characters, so that the next line has no escape to it
W='ワンタイムパスワード：　　'.encode('iso2022_jp'); R=b'abcd1234\n'+'ログインURL: '.encode('iso2022_jp')+U.encode()
for n,k in {'one':5,'two':7}.items(): ok('jis-cut-'+n,H+b'Content-Type: text/plain; charset=iso-2022-jp\n\n'+W[:-k]+b'\r\n'+W[-k:]+R)
p=pathlib.Path('odd'); p.mkdir(exist_ok=True)
with open(p/'expected.jsonl','w') as f:
    for n,m in out:
        (p/(n+'.eml')).write_bytes(m); f.write(json.dumps({'file':n+'.eml','password':'abcd1234','loginURL':U})+'\n')
