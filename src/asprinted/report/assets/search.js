// The search page: every word of the question must be found, numbers as numbers ("9.3" is not in "19.3", "240000" is "240,000").
(() => {
  const form = document.getElementById("site-search"), place = document.getElementById("search-results");
  if (!form || !place || !window.auditIndex) return;
  const field = form.elements.q, count = document.getElementById("search-count"), FEW = 8;
  const plain = (text) => text.toLowerCase().replace(/(\d),(?=\d{3})/g, "$1").replace(/\u2212/g, "-").replace(/(\p{L})-(?=\p{L})/gu, "$1 ");
  const quoted = (word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  // A number is found whole, a word from its beginning on; scripts without blanks are found anywhere.
  const pattern = (word) => /^-?\d[\d.]*$/.test(word) ? `(?<![\\d.])${quoted(word)}(?![\\d]|\\.\\d)`
    : /^[a-z]/.test(word) ? `(?<![\\p{L}\\d])${quoted(word)}` : quoted(word);
  const entries = window.auditIndex.map(([kind, title, address, text]) => ({ kind, title, address, text, head: plain(title), body: plain(text) }));

  const asked = (text) => plain(text).split(/[\s"]+/).filter(Boolean).map((word) => new RegExp(pattern(word), "u"));
  const score = (entry, words) => {
    let sum = 0;
    for (const word of words) {
      if (word.test(entry.head)) sum += 3;
      else if (word.test(entry.body)) sum += 1;
      else return 0;
    }
    return sum;
  };

  const piece = (entry, words) => {  // what stands around the first hit
    const at = Math.min(...words.map((word) => entry.body.search(word)).filter((one) => one >= 0), entry.body.length);
    const from = at < entry.body.length && at > 80 ? entry.text.indexOf(" ", at - 80) + 1 : 0;
    return (from ? "… " : "") + entry.text.slice(from, from + 220) + (from + 220 < entry.text.length ? " …" : "");
  };

  const marked = (target, text, question) => {
    const words = question.split(/[\s"]+/).filter(Boolean).map((word) => quoted(word).replace(/(\d)(?=(\d{3})+$)/g, "$1,?"));
    let last = 0;
    for (const found of words.length ? text.matchAll(new RegExp(words.join("|"), "giu")) : []) {
      if (!found[0]) continue;
      target.append(text.slice(last, found.index), Object.assign(document.createElement("mark"), { textContent: found[0] }));
      last = found.index + found[0].length;
    }
    target.append(text.slice(last));
  };

  const shown = (entry, words, question) => {
    const item = document.createElement("li"), link = Object.assign(document.createElement("a"), { href: entry.address });
    const text = Object.assign(document.createElement("p"), { className: "small" });
    marked(link, entry.title, question);
    marked(text, piece(entry, words), question);
    item.append(link, text);
    return item;
  };

  const section = (kind, found, words, question) => {
    const part = document.createElement("section"), list = document.createElement("ol");
    const head = Object.assign(document.createElement("h2"), { textContent: `${kind} (${found.length})` });
    list.append(...found.slice(0, FEW).map((entry) => shown(entry, words, question)));
    part.append(head, list);
    if (found.length > FEW) {
      const more = Object.assign(document.createElement("button"), { type: "button", textContent: `Show all ${found.length}` });
      more.addEventListener("click", () => {
        const rest = found.slice(FEW).map((entry) => shown(entry, words, question));
        list.append(...rest);
        rest[0].querySelector("a").focus();
        more.remove();
      });
      part.append(more);
    }
    return part;
  };

  const search = () => {
    const question = field.value.trim(), words = asked(question);
    const found = words.length ? entries.map((entry, order) => ({ entry, order, score: score(entry, words) })).filter((one) => one.score) : [];
    found.sort((a, b) => b.score - a.score || a.order - b.order);
    const kinds = new Map();
    for (const { entry } of found) kinds.set(entry.kind, [...(kinds.get(entry.kind) ?? []), entry]);
    const order = [...new Set(entries.map((entry) => entry.kind))].filter((kind) => kinds.has(kind));
    place.replaceChildren(...order.map((kind) => section(kind, kinds.get(kind), words, question)));
    count.textContent = !words.length ? "" : found.length ? `${found.length} found` : "Nothing found. Try fewer words, or a number as it is printed.";
    history.replaceState(null, "", location.pathname + (question ? "?q=" + encodeURIComponent(question) : ""));
  };

  field.value = new URLSearchParams(location.search).get("q") ?? "";
  form.addEventListener("input", search);
  form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
  search();
  field.focus();
})();
