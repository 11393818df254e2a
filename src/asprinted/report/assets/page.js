// On every page: a button beside each line to cite, and what a link leads to opened. Without it all can be read and selected.
(() => {
  for (const line of document.querySelectorAll(".cite")) {
    const text = line.querySelector(".cite-text");
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: "Copy" });
    const copied = () => { button.textContent = "Copied"; setTimeout(() => { button.textContent = "Copy"; }, 2000); };
    const selected = () => {  // where the clipboard is not to be had, as from disk in some browsers
      const range = document.createRange();
      range.selectNodeContents(text);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      if (document.execCommand("copy")) copied();
    };
    button.addEventListener("click", () => navigator.clipboard ? navigator.clipboard.writeText(text.textContent).then(copied, selected) : selected());
    line.append(" ", button);
  }
  const open = () => {  // what stands in something folded is opened by a link to it
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let one = target?.closest("details"); one; one = one.parentElement.closest("details")) one.open = true;
    if (target?.closest("details")) target.scrollIntoView();
  };
  addEventListener("hashchange", open);
  open();
  addEventListener("beforeprint", () => { for (const one of document.querySelectorAll("details.print")) one.open = true; });
})();
