// Words that were selected in a section of the text are filled into that section's quote field when it is entered.
// Everything on the page works without this file.

const selected = new Map();

function remember() {
  const selection = document.getSelection();
  const words = selection.toString().trim();
  const section = selection.anchorNode?.parentElement?.closest("[data-section]");
  if (words && section) selected.set(section.dataset.section, words.slice(0, 500));
}

function fill(event) {
  const kind = event.target.closest("[data-quotes]")?.dataset.quotes;
  if (event.target.matches("[data-quote]") && !event.target.value && selected.has(kind)) {
    event.target.value = selected.get(kind);
  }
}

document.addEventListener("selectionchange", remember);
document.addEventListener("focusin", fill);
