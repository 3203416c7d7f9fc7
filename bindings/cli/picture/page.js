"use strict";
(() => {
  const find = (selector, from = document) => Array.from(from.querySelectorAll(selector));
  const filter = document.getElementById("filter");
  const count = document.getElementById("count");
  const reason = document.getElementById("reason");
  const rows = find("#connections tbody tr");
  const arrows = find("svg .arrow[id]");
  const numberOf = (element) => element.id.slice(element.id.indexOf("-") + 1);

  /* Filter: a row stays when it has all words; an arrow when one of its rows does; a box with its arrows, or by its own names. */
  const withReasons = document.getElementById("with-reasons");
  const texts = new Map(find("tbody tr").map((row) => {
    const cells = Array.from(row.cells, (cell) => cell.textContent.toLowerCase());
    return [row, { all: cells.join(" "), own: cells.filter((_, i) => !row.cells[i].querySelector("details")).join(" ") }];
  }));
  const boxNames = new Map(find("svg .box").map((box) => [box, box.querySelector("title").textContent.toLowerCase()]));

  function applyFilter() {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    const has = (text) => words.every((word) => text.includes(word));
    const shownArrows = new Set();
    const shownBoxes = new Set();
    let shown = 0;
    let total = 0;

    for (const row of find("tbody tr")) row.hidden = !has(withReasons.checked ? texts.get(row).all : texts.get(row).own);
    for (const row of rows) {
      total += Number(row.dataset.count);
      if (row.hidden) continue;
      shown += Number(row.dataset.count);
      shownArrows.add(row.dataset.arrow);
    }
    for (const arrow of arrows) {
      const stays = shownArrows.has(numberOf(arrow));
      arrow.classList.toggle("dim", !stays);
      if (stays) shownBoxes.add(arrow.dataset.from).add(arrow.dataset.to);
    }
    for (const [box, names] of boxNames) box.classList.toggle("dim", !shownBoxes.has(numberOf(box)) && !has(names));
    count.textContent = words.length ? `${shown} of ${total} connections` : `${total} connections`;
  }

  /* The reason of an arrow: what its rows say. */
  function close() {
    reason.hidden = true;
    for (const element of find(".chosen")) element.classList.remove("chosen");
  }

  function choose(arrow) {
    const own = rows.filter((row) => row.dataset.arrow === numberOf(arrow));

    close();
    arrow.classList.add("chosen");
    const parts = own.map((row) => {
      const part = document.createElement("section");
      const title = document.createElement("h3");
      const cells = Array.from(row.cells, (cell) => cell.textContent);
      title.textContent = `${cells[0]} \u2192 ${cells[1]}: ${cells[2]} (${cells[3]})`;
      part.append(title, ...Array.from(row.querySelectorAll("details > :not(summary)"), (child) => child.cloneNode(true)));
      row.classList.add("chosen");
      return part;
    });
    document.getElementById("reasons").replaceChildren(...parts);
    reason.hidden = false;
  }

  /* Tables are sorted by the column whose head is pressed; numbers in texts count as numbers. */
  const inOrder = new Intl.Collator("en", { numeric: true }).compare;

  function sort(button) {
    const head = button.closest("th");
    const table = button.closest("table");
    const descending = head.getAttribute("aria-sort") === "ascending";
    const text = (row) => row.cells[head.cellIndex].textContent;
    const sorted = Array.from(table.tBodies[0].rows).sort((a, b) => inOrder(text(a), text(b)) * (descending ? -1 : 1));

    for (const other of find("th", table)) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", descending ? "descending" : "ascending");
    table.tBodies[0].append(...sorted);
  }

  for (const arrow of arrows) {
    arrow.addEventListener("click", () => choose(arrow));
    arrow.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      choose(arrow);
    });
  }
  for (const button of find("th button")) button.addEventListener("click", () => sort(button));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  document.getElementById("close").addEventListener("click", close);
  document.getElementById("fit").addEventListener("change", (event) =>
    document.getElementById("picture").classList.toggle("fits", event.target.checked));
  filter.addEventListener("input", applyFilter);
  withReasons.addEventListener("change", applyFilter);
  applyFilter();
})();
