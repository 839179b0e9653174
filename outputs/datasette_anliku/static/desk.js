// The review desk is complete without this. It adds keys, and marking a passage with mouse or finger.
"use strict";

// Marking: raw start of a piece of the article and characters into it, for both ends. The server works out the offsets.
const text = document.getElementById("text");
if (text && text.dataset.add) {
  const add = document.createElement("a");
  add.className = "button add-here";
  add.textContent = text.dataset.add;
  add.hidden = true;
  document.body.append(add);

  const point = (node, offset) => {
    if (node.nodeType !== Node.TEXT_NODE) {
      // Between two nodes: the end of the text before, or the beginning of that after.
      const walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
      const border = node.childNodes[offset] || null;
      let found = null, last = null;
      while (walk.nextNode()) {
        const here = walk.currentNode;
        if (!here.parentElement.closest("[data-s]")) continue;
        if (border && (border === here || border.contains(here) ||
            border.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING)) { found = here; break; }
        last = here;
      }
      node = found || last;
      if (!node) return null;
      offset = found ? 0 : node.data.length;
    }
    const piece = node.parentElement.closest("[data-s]");
    if (!piece || !text.contains(piece)) return null;
    return piece.dataset.s + ":" + Array.from(node.data.slice(0, offset)).length;
  };

  document.addEventListener("selectionchange", () => {
    const chosen = getSelection();
    add.hidden = true;
    if (!chosen.rangeCount || chosen.isCollapsed || !chosen.toString().trim()) return;
    const range = chosen.getRangeAt(0);
    if (!text.contains(range.commonAncestorContainer)) return;
    const from = point(range.startContainer, range.startOffset);
    const to = point(range.endContainer, range.endOffset);
    if (!from || !to) return;
    add.href = "?add=pick&mark=" + encodeURIComponent(from + ":" + to) + "#p-review";
    const box = range.getBoundingClientRect();
    add.style.left = Math.max(8, Math.min(box.left, innerWidth - 180)) + scrollX + "px";
    add.style.top = box.bottom + scrollY + 6 + "px";
    add.hidden = false;
  });
}

// Keys, where no field is being typed in.
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
  const press = (id) => { const found = document.getElementById(id); if (found) { event.preventDefault(); found.click(); } };
  if (event.key === "a") press("desk-accept");
  else if (event.key === "x") press("desk-reject");
  else if (event.key === "n") press("desk-next");
  else if (event.key === "e") {
    const field = document.querySelector(".desk .grid input, .desk .grid select");
    if (field) { event.preventDefault(); field.focus(); }
  }
});

// A form is sent once, however often its button is pressed; back in the page it can be sent again.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
  });
}
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[method=post]")) delete form.dataset.sent;
});
