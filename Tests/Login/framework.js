// What a framework would make of the procedure: one page that draws all others, and keeps what is typed beside the fields.
const base = location.pathname.replace(/[^/]*$/, "");
const make = (tag, properties, ...children) => {
  const e = Object.assign(document.createElement(tag), properties);
  e.append(...children);
  return e;
};
// The font draws it as a picture; nobody reads the word.
const icon = (word) => {
  const e = make("span", { className: "icons" }, word);
  e.ariaHidden = "true";
  return e;
};
const toast = (text) => {
  document.querySelector(".toast")?.remove();
  document.body.append(make("div", { className: "toast" }, text));
};
const go = (path) => {
  history.pushState({}, "", base + path);
  draw();
};

// Labels are put above the fields by the style alone: they stand behind them, tied to nothing.
const card = (title, lead, fields, button, path, taken) => {
  const state = {};
  const submit = make("button", { disabled: true }, icon("send"), button);
  const rows = fields.map(([name, label, type]) =>
    make("div", { className: "row" },
      make("input", { name, type, required: true, oninput: (event) => {
        state[name] = event.target.value;
        submit.disabled = fields.some(([each]) => !state[each]);
      } }),
      make("label", {}, label)));
  const send = async (event) => {
    event.preventDefault();
    submit.disabled = true;
    submit.replaceChildren(icon("hourglass"), "処理中");
    const reply = await fetch(base + path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(state) });
    const said = await reply.json();
    submit.replaceChildren(icon("send"), button);
    if (said.taken) taken(event.target);
    else toast(said.text);
  };
  return make("section", {}, make("h2", {}, title), make("p", {}, lead), make("form", { noValidate: true, onsubmit: send }, ...rows, submit));
};

const pages = {
  "login.html": () => [make("button", { onclick: () => go("customer.html") }, make("small", {}, "ログイン"), make("b", {}, "ワンタイムパスワードご利用のお客様"))],
  "customer.html": () => [make("button", { onclick: () => go("generate.html") }, "ワンタイムパスワード生成ページへ", icon("arrow_forward"))],
  "generate.html": () => [
    ...(isTrapAlone ? [] : [card("ワンタイムパスワードの生成", "アクセスキーとメールアドレスを入力してください。",
      [["key", "アクセスキー", "password"], ["mail", "メールアドレス", "email"]], "送信", "send.do", (form) => {
        form.reset();
        toast("ワンタイムパスワードを送信しました");
      })]),
    card("アクセスキーの再取得", "※アクセスキーを忘れた方はメールで再取得ください。",
      [["server", "Webサーバ名", "text"], ["mail", "メールアドレス", "email"]], "送信", "reissue.do", () => toast("アクセスキーを送信しました")),
  ],
  "pfw-public-user-login.do": () => [card("ログイン", "メールでお送りしたワンタイムパスワードを入力してください。",
    [["key", "アクセスキー", "password"], ["otp", "ワンタイムパスワード", "password"]], "ログイン", "enter.do", () => go("home.html"))],
  "home.html": () => [
    make("button", { onclick: () => { location = base + "logout.do"; } }, icon("logout"), "ログアウト"),
    make("h1", {}, "ダッシュボード"), make("p", {}, "www.example.co.jp 2027-03-31")],
};
const draw = () => {
  app.replaceChildren("読み込み中");
  setTimeout(() => app.replaceChildren(make("input", { placeholder: "ヘルプを検索" }), ...pages[location.pathname.slice(base.length)]()), 300);
};
draw();
