// A passage may be cut into several pieces where findings overlap: light all of them. Without script the first is marked.
"use strict";
function light() {
  for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
  const key = decodeURIComponent(location.hash.slice(1));
  if (!key.startsWith("p-")) return;
  for (const piece of document.querySelectorAll("[data-keys]"))
    if (piece.dataset.keys.split(" ").includes(key.slice(2))) piece.classList.add("lit");
}
addEventListener("hashchange", light);
light();
