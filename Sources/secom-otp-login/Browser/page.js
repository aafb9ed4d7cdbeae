// Describes a page, with its fields and buttons by number. Runs in an isolated world, invisible to the page's own scripts. The value of
// a field is never read, except to check that it is what was filled in.
(selectors) => {
  const bounds = { elements: 50000, controls: 1000, lines: 1500, text: 400, names: 12 };
  const controls = [];
  const elements = [];
  const groups = new Map();
  let seen = 0;
  let isCut = false;

  const clean = (text) => {
    const short = String(text ?? "").replace(/\s+/g, " ").trim().slice(0, bounds.text);
    return short.toWellFormed ? short.toWellFormed() : short.replace(/[\ud800-\udfff]/g, "");
  };
  const textTypes = new Set(["text", "email", "tel", "password", "search", "url", "number", ""]);
  const isField = (e) => (e.localName === "input" && textTypes.has(e.type)) || e.localName === "textarea";
  const isButton = (e) =>
    (e.localName === "input" && ["submit", "image", "button"].includes(e.type)) || (e.localName === "button" && e.type !== "reset");
  const isLink = (e) => (e.localName === "a" || e.localName === "area") && (e.hasAttribute("href") || e.hasAttribute("onclick"));
  const isControl = (e) => ["input", "textarea", "select", "button"].includes(e.localName);
  const pointer = (e) => e && getComputedStyle(e).cursor === "pointer";
  const holdsControl = (e) => e.querySelector("input:not([type=hidden]), textarea, select, button, a[href]") !== null;
  // Other elements that scripts use as buttons: those with a role, a handler, or a pointer that becomes a hand.
  const isMadeButton = (e) =>
    !isControl(e) && !["label", "option", "html", "body", "form"].includes(e.localName) &&
    (e.getAttribute("role") === "button" || e.getAttribute("role") === "link" || e.hasAttribute("onclick") ||
      (pointer(e) && !pointer(e.parentElement))) &&
    !e.closest("a[href], button, label") && !holdsControl(e);

  const isVisible = (e) => {
    if (e.localName === "area") {
      const map = e.closest("map");
      const image = map && [...e.ownerDocument.images].find((i) => i.useMap === "#" + map.name);
      return !!image && isVisible(image);
    }
    if (innerWidth === 0 || innerHeight === 0) return false;
    if (!e.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true, opacityProperty: true, visibilityProperty: true })) return false;
    const box = e.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && box.right + scrollX > 0 && box.bottom + scrollY > 0;
  };

  // The text of an element as a person reads it; for an image, its alternative text.
  const text = (e) => {
    const images = [...e.querySelectorAll("img[alt], input[type=image][alt]")].map((i) => i.alt).filter(Boolean);
    if (e.localName === "img") images.push(e.alt);
    const words = clean(e.innerText ?? e.textContent);
    return clean(images.length && !words ? images.join(" ") : words);
  };
  // Without what is only to be seen: an icon that a font draws from a word.
  const spoken = (e) => {
    const icons = [...e.querySelectorAll("[aria-hidden=true]")];
    if (!icons.length) return "";
    const walker = document.createTreeWalker(e, NodeFilter.SHOW_TEXT);
    const parts = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (!icons.some((icon) => icon.contains(node)) && node.parentElement.checkVisibility()) parts.push(node.data);
    }
    return clean(parts.join(" "));
  };
  // A name, and its first line alone, in case an explanation follows.
  const lined = (e) => [spoken(e), text(e), clean(String(e.innerText ?? "").trim().split("\n")[0])];
  const isName = (shown) => /[^\s\d\p{P}\p{S}]/u.test(shown);
  const words = (e) => {
    const copy = text(e);
    return isName(copy) ? copy : "";
  };

  const column = (cell) => {
    let at = 0;
    for (let before = cell.previousElementSibling; before; before = before.previousElementSibling) at += before.colSpan || 1;
    return at;
  };
  const cellAt = (row, at) => {
    let from = 0;
    for (const cell of row.cells ?? []) {
      if (at >= from && at < from + (cell.colSpan || 1)) return cell;
      from += cell.colSpan || 1;
    }
    return null;
  };
  // In a table: the text in the cell to the left, or otherwise above.
  const cellName = (e) => {
    const cell = e.closest("td, th");
    if (!cell) return null;
    // A cell that is only for layout, or that contains the name of its field.
    if (cell.querySelectorAll("input:not([type=hidden]), textarea, select").length > 1) return null;
    const before = e.ownerDocument.createRange();
    before.setStart(cell, 0);
    before.setEndBefore(e);
    if (isName(before.toString())) return null;
    for (let before = cell.previousElementSibling; before; before = before.previousElementSibling) {
      if (!before.matches("td, th") || holdsField(before)) break;
      if (words(before)) return words(before).length > 60 ? null : before;
    }
    const at = column(cell);
    let row = cell.parentElement;
    let rows = row?.closest("table")?.rows;
    if (!rows) return null;
    rows = [...rows];
    for (let number = rows.indexOf(row) - 1; number >= 0; number--) {
      const above = cellAt(rows[number], at);
      if (!above) break;
      if (holdsField(above)) continue;
      if (words(above)) return words(above).length > 60 ? null : above;
    }
    return null;
  };
  const holdsField = (e) => e.querySelector("input:not([type=hidden]), textarea, select") !== null;
  // A label that is tied to nothing, but alone with the field in what holds both.
  const looseLabel = (e) => {
    for (let holder = e.parentElement; holder && !["form", "body"].includes(holder.localName); holder = holder.parentElement) {
      if (holder.querySelectorAll("input:not([type=hidden]), textarea, select").length > 1) return null;
      const labels = [...holder.querySelectorAll("label")].filter((label) => !label.control);
      if (labels.length) return labels.length === 1 ? labels[0] : null;
    }
    return null;
  };
  const byID = (root, ids) => clean((ids ?? "").split(/\s+/).map((id) => (id && root.getElementById?.(id)?.innerText) || "").join(" "));

  const names = (e, root, preceding) => {
    const found = [];
    const add = (source, name) => {
      const short = clean(name);
      if (short && found.length < bounds.names && !found.some((n) => n[0] === source && n[1] === short)) found.push([source, short]);
    };
    if (isField(e)) {
      for (const label of e.labels ?? []) for (const name of lined(label)) add("label", name);
      const loose = e.labels?.length ? null : looseLabel(e);
      if (loose) for (const name of lined(loose)) add("label", name);
      add("aria", byID(root, e.getAttribute("aria-labelledby")));
      add("aria", e.getAttribute("aria-label"));
      const cell = cellName(e);
      if (cell) for (const name of lined(cell)) add("cell", name);
      const dd = e.closest("dd");
      if (dd) {
        let term = dd.previousElementSibling;
        while (term && term.localName !== "dt") term = term.previousElementSibling;
        if (term) for (const name of lined(term)) add("term", name);
      }
      add("placeholder", e.placeholder);
      add("title", e.title);
      add("preceding", preceding);
      return found;
    }
    if (e.localName === "input") {
      // A submit button without a value shows the browser's own word.
      add("text", e.type === "image" ? e.alt : e.value || (e.type === "submit" ? "送信" : ""));
    } else if (e.localName === "area") {
      add("text", e.alt);
    } else {
      add("text", spoken(e));
      add("text", text(e));
      for (const image of e.querySelectorAll("img[alt]")) add("text", image.alt);
      if (e.localName === "img") add("text", e.alt);
    }
    add("aria", byID(root, e.getAttribute("aria-labelledby")));
    add("aria", e.getAttribute("aria-label"));
    add("title", e.title);
    return found;
  };

  const ownerOf = (e, root) => e.form ?? e.closest("form") ?? root;
  const group = (e, root) => {
    const owner = ownerOf(e, root);
    if (!groups.has(owner)) groups.set(owner, groups.size + 1);
    return groups.get(owner);
  };
  // By the name or the ID, whichever finds it alone in its form.
  const ownSelector = (e, root) => {
    const owner = ownerOf(e, root);
    const ways = [["name", e.getAttribute("name")], ["id", e.id]].filter(([, value]) => value && value.length <= 50 && !/['"\\\s]/.test(value));
    return ways.map(([what, value]) => `[${what}=${/^[a-z][\w-]*$/i.test(value) ? value : `'${value}'`}]`)
      .find((selector) => [...root.querySelectorAll(selector)].filter((other) => ownerOf(other, root) === owner).length === 1) ?? "";
  };
  const target = (e) => {
    const owner = e.form;
    if (e.localName === "a" || e.localName === "area") return e.href;
    if (!isButton(e) || e.type === "button" || !owner) return "";
    return e.hasAttribute("formaction") ? e.formAction : new URL(owner.getAttribute("action") || "", owner.ownerDocument.URL).href;
  };

  let line = "";
  let lastLine = "";
  const breakLine = () => {
    if (clean(line)) lastLine = line;
    line = "";
  };
  const visit = (node, root) => {
    if (++seen > bounds.elements) {
      isCut = true;
      return;
    }
    if (node.nodeType === Node.TEXT_NODE) {
      line += node.data.slice(0, bounds.text);
      return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    const e = node;
    if (["script", "style", "noscript", "template", "head"].includes(e.localName)) return;
    const display = getComputedStyle(e).display;
    const isBlock = e.localName === "br" || !(display.startsWith("inline") || display === "contents");
    if (isBlock) breakLine();
    const kind = isField(e) ? "field" : isButton(e) ? "button" : isLink(e) ? "link" : isMadeButton(e) ? "button" : isControl(e) && e.type !== "hidden" ? "other" : null;
    if (kind) {
      if (controls.length >= bounds.controls) isCut = true;
      else {
        const preceding = clean(line) || lastLine;
        controls.push({
          index: elements.length, kind, type: isControl(e) ? e.type : e.localName, form: group(e, root), isVisible: isVisible(e),
          isEnabled: !e.matches(":disabled") && !e.readOnly, names: names(e, root, preceding), target: clean2(target(e)),
          longest: e.maxLength > 0 ? e.maxLength : null, ownSelector: ownSelector(e, root),
          selectors: selectors.flatMap((s, number) => { try { return e.matches(s) ? [number] : []; } catch { return []; } }),
        });
        elements.push(e);
      }
      if (kind === "field") { line = ""; lastLine = ""; }
    }
    if (e.localName !== "select" && e.localName !== "textarea") {
      for (const child of e.childNodes) visit(child, root);
      if (e.shadowRoot) for (const child of e.shadowRoot.childNodes) visit(child, e.shadowRoot);
    }
    if (isBlock) breakLine();
  };
  const clean2 = (url) => { const short = String(url ?? "").slice(0, 2000); return short.toWellFormed ? short.toWellFormed() : short; };

  const lines = [];
  const read = (shown) => {
    for (const one of String(shown ?? "").split("\n")) {
      const short = clean(one);
      if (!short) continue;
      if (lines.length >= bounds.lines) { isCut = true; return; }
      lines.push(short);
    }
  };
  const readShadows = (root) => {
    for (const e of root.querySelectorAll("*")) {
      if (!e.shadowRoot) continue;
      for (const child of e.shadowRoot.children) if (!["style", "script"].includes(child.localName)) read(child.innerText);
      readShadows(e.shadowRoot);
    }
  };
  if (document.documentElement) {
    visit(document.documentElement, document);
    read(document.body?.innerText);
    readShadows(document);
    for (const image of document.images) if (image.alt && isVisible(image)) read(image.alt);
  }

  const setValue = (e, value) => {
    const proto = e.localName === "textarea" ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
    Object.getOwnPropertyDescriptor(proto, "value").set.call(e, value);
  };
  const key = (e, type) => e.dispatchEvent(new KeyboardEvent(type, { bubbles: true, composed: true }));
  globalThis.secomOTPLogin = {
    elements,
    // Returns whether the field now has the value.
    fill: (index, value) => {
      const e = elements[index];
      if (!e?.isConnected || !isField(e) || e.matches(":disabled") || e.readOnly) return false;
      e.focus();
      key(e, "keydown");
      setValue(e, value);
      e.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true, inputType: "insertText" }));
      key(e, "keyup");
      e.dispatchEvent(new Event("change", { bubbles: true }));
      e.blur();
      return e.value === value;
    },
    // Returns "ready", "disabled", or why the button cannot be pressed.
    ready: (index, filled) => {
      const e = elements[index];
      if (!e?.isConnected || !isVisible(e)) return "the button is no longer there";
      if (filled.some((number) => !elements[number]?.isConnected || !elements[number].value)) return "a field has lost its value";
      return e.matches(":disabled") || e.getAttribute("aria-disabled") === "true" ? "disabled" : "ready";
    },
    press: (index) => { elements[index].click(); },
    // Prepares for a picture: masks the value of each field, and these words.
    mask: (words) => {
      const all = (root) => [...root.querySelectorAll("*")].flatMap((e) => (e.shadowRoot ? [e, ...all(e.shadowRoot)] : [e]));
      const blank = (s) => words.reduce((t, w) => (w ? t.split(w).join("●●●●") : t), s);
      for (const e of all(document)) {
        if (isField(e)) { if (e.value) { e.type === "number" && (e.type = "text"); setValue(e, "●●●●"); } }
        if (e.localName === "input" && isButton(e)) e.value = blank(e.value);
        if (e.placeholder) e.placeholder = blank(e.placeholder);
        for (const node of e.childNodes) if (node.nodeType === Node.TEXT_NODE) { const masked = blank(node.data); if (masked !== node.data) node.data = masked; }
      }
      return true;
    },
  };
  return { title: clean(document.title), url: clean2(document.URL), isReady: document.readyState === "complete", lines, controls, isCut };
}
