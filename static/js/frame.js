// What the frame does beyond HTML: theme switch, search key, menus that close, dialogs in older browsers.
// Everything on the portal works without this file.

const root = document.documentElement;

function showTheme() {
  const chosen = localStorage.getItem("theme") ?? "";
  for (const button of document.querySelectorAll("[data-theme-choice]")) {
    button.setAttribute("aria-pressed", String(button.dataset.themeChoice === chosen));
  }
}

function chooseTheme(theme) {
  if (theme) {
    localStorage.setItem("theme", theme);
    root.dataset.theme = theme;
  } else {
    localStorage.removeItem("theme");
    delete root.dataset.theme;
  }
  showTheme();
}

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (menu !== except) menu.open = false;
  }
}

function isTyping(target) {
  return target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName);
}

// `command` and `commandfor` are HTML; this stands in where the browser does not know them yet.
function runCommand(button) {
  if ("commandForElement" in HTMLButtonElement.prototype) return;
  const dialog = document.getElementById(button.getAttribute("commandfor"));
  if (button.getAttribute("command") === "show-modal") dialog?.showModal();
  else dialog?.close();
}

document.addEventListener("click", (event) => {
  closeMenus(event.target.closest("details[data-menu]"));
  const theme = event.target.closest("[data-theme-choice]");
  if (theme) chooseTheme(theme.dataset.themeChoice);
  const command = event.target.closest("button[commandfor]");
  if (command) runCommand(command);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    const open = document.querySelector("details[data-menu][open]");
    closeMenus();
    open?.querySelector("summary").focus();
  }
  if (event.key === "/" && !event.ctrlKey && !event.metaKey && !isTyping(event.target)) {
    const search = document.querySelector('[data-hot-key="/"]');
    if (search) {
      event.preventDefault();
      search.focus();
    }
  }
});

// A sheet does not hold the focus: it closes when the focus goes on to what lies behind it.
document.addEventListener("focusin", (event) => {
  const sheet = document.querySelector("[popover]:popover-open");
  if (sheet && !sheet.contains(event.target) && !event.target.closest("[popovertarget]")) sheet.hidePopover();
});

showTheme();
