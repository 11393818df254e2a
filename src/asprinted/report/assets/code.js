// Notebooks as articles: one button that shows or hides the code of all cells. Without it each cell opens by itself.
(() => {
  const cells = [...document.querySelectorAll("details.above-input")], place = document.querySelector("p.downloads");
  if (!cells.length || !place) return;
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: "Show all code" });
  button.addEventListener("click", () => {
    const open = !cells.every((cell) => cell.open);
    for (const cell of cells) cell.open = open;
    button.textContent = open ? "Hide all code" : "Show all code";
  });
  place.append(button);
})();
