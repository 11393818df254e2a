// The ledger: search, filters, sorting, the state in the address, the rows shown as CSV. Without it the table is whole.
(() => {
  const table = document.getElementById("ledger"), form = document.getElementById("ledger-filters");
  if (!table || !form) return;
  const rows = [...table.tBodies[0].rows], count = document.getElementById("ledger-count");
  const fields = [...form.elements].filter((field) => field.name);
  // "240000" finds "240,000", and "high tech" finds "high-tech".
  const plain = (words) => words.toLowerCase().replace(/(\d),(?=\d{3})/g, "$1").replace(/\u2212/g, "-").replace(/(\p{L})-(?=\p{L})/gu, "$1 ");
  const text = new Map(rows.map((row) => [row, plain(row.textContent + " " + row.dataset.more)]));

  const apply = () => {
    const words = plain(form.elements.q.value).split(/\s+/).filter(Boolean);
    const chosen = fields.filter((field) => field.name !== "q" && field.value);
    let shown = 0;
    for (const row of rows) {
      row.hidden = !chosen.every((field) => row.dataset[field.name] === field.value) || !words.every((word) => text.get(row).includes(word));
      shown += !row.hidden;
    }
    count.textContent = `${shown} of ${rows.length} rows shown`;
    const query = new URLSearchParams(fields.filter((field) => field.value).map((field) => [field.name, field.value])).toString();
    history.replaceState(null, "", location.pathname + (query ? "?" + query : "") + location.hash);
  };

  const target = () => {  // a link to a row that the filters hide shows all rows
    const row = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (row && rows.includes(row) && row.hidden) { form.reset(); apply(); row.scrollIntoView(); }
  };

  const sorted = (button, column) => {
    const down = button.parentElement.getAttribute("aria-sort") === "ascending";
    for (const head of table.tHead.rows[0].cells) head.removeAttribute("aria-sort");
    button.parentElement.setAttribute("aria-sort", down ? "descending" : "ascending");
    const key = (row) => column === 1 ? Number(row.dataset.order) : row.cells[column].textContent;
    const order = (a, b) => typeof a === "number" ? a - b : a.localeCompare(b, "en", { numeric: true });
    table.tBodies[0].append(...rows.sort((a, b) => order(key(a), key(b)) * (down ? -1 : 1)));
  };

  const download = () => {
    const safe = (cell) => /^[=+\-@\t\r]/.test(cell) && !/^[+-]?\d+(\.\d+)?$/.test(cell) ? "'" + cell : cell;
    const cells = (row) => [...row.cells].map((cell) => `"${safe(cell.innerText.trim().replace(/\s+/g, " ")).replaceAll('"', '""')}"`).join(",");
    const lines = [table.tHead.rows[0], ...rows.filter((row) => !row.hidden)].map(cells).join("\r\n");
    const link = Object.assign(document.createElement("a"), { download: "ledger-selection.csv" });
    link.href = URL.createObjectURL(new Blob(["\ufeff" + lines + "\r\n"], { type: "text/csv" }));
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: head.textContent });
    button.addEventListener("click", () => sorted(button, column));
    head.replaceChildren(button);
    // A heading row with buttons in it is not repeated on the next sheet.
    addEventListener("beforeprint", () => head.replaceChildren(button.textContent));
    addEventListener("afterprint", () => head.replaceChildren(button));
  });
  const asked = new URLSearchParams(location.search);
  for (const field of fields) field.value = asked.get(field.name) ?? "";
  for (const field of fields) if (field.selectedIndex === -1) field.value = "";
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: "CSV of these rows" });
  button.addEventListener("click", download);
  document.getElementById("ledger-files").append(button);
  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  addEventListener("hashchange", target);
  apply();
  target();
})();
