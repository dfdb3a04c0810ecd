// Lets the arrow keys walk through what a search box suggests. The suggestions are links: without this file, and without
// a mouse, the tab key reaches them and the search itself answers.

function box() {
  return document.querySelector("[data-suggests]");
}

function options() {
  return [...document.querySelectorAll("#suggestions [role=option]")];
}

function choose(option) {
  for (const each of options()) each.setAttribute("aria-selected", String(each === option));
  if (option) box().setAttribute("aria-activedescendant", option.id);
  else box().removeAttribute("aria-activedescendant");
  option?.scrollIntoView({ block: "nearest" });
}

function chosen() {
  return options().findIndex((option) => option.getAttribute("aria-selected") === "true");
}

function step(by) {
  const all = options();
  // One place more than there are suggestions: there the text itself is searched for.
  const next = (chosen() + 1 + by + all.length + 1) % (all.length + 1);
  choose(all[next - 1]);
}

function close() {
  document.getElementById("suggestions").replaceChildren();
  box().setAttribute("aria-expanded", "false");
  box().removeAttribute("aria-activedescendant");
}

function onKey(event) {
  if (event.target !== box() || !options().length) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    step(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Escape") {
    event.preventDefault();
    close();
  } else if (event.key === "Enter" && chosen() >= 0) {
    event.preventDefault();
    options()[chosen()].click();
  }
}

document.addEventListener("keydown", onKey);
document.addEventListener("htmx:after:swap", () => {
  if (!box()) return;
  box().setAttribute("aria-expanded", String(options().length > 0));
  box().removeAttribute("aria-activedescendant");
  document.querySelector("[data-suggestion-count]").textContent = options()[0]?.parentElement.dataset.count ?? "";
});
document.addEventListener("click", (event) => {
  if (box() && !event.target.closest(".search-box")) close();
});
