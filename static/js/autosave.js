// Saves a draft a few seconds after its author stops typing, and when the page is left. What is typed stays in the
// page until the portal has it: nothing is ever kept in the browser's storage. Without this file the button saves.

const PAUSE = 3000;
const LONGEST_WAIT = 60000;
// What is only seen: read out loud it would interrupt every sentence that somebody writes.
const QUIET = new Set(["unsaved", "saving"]);
// What a browser still sends after its page is gone.
const LARGEST_LAST_WORD = 60000;

const form = document.querySelector("form[data-autosave]");
const state = document.querySelector("[data-save-state]");

let saved = "";
let timer = 0;
let wait = PAUSE;
let isSaving = false;
let isStopped = false;

// The token and the marks of what was saved are no text of the author's.
function written() {
  const fields = new URLSearchParams(new FormData(form));
  for (const name of ["csrfmiddlewaretoken", "version", "opened"]) fields.delete(name);
  return fields.toString();
}

function now() {
  return new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
}

function say(name, details = []) {
  const sentence = (state.dataset[name] ?? "").replace("{time}", now());
  const said = [sentence, ...details].join(" ");
  state.setAttribute("aria-live", QUIET.has(name) ? "off" : "polite");
  // A sentence said again would be read out again.
  if (state.textContent !== said) state.textContent = said;
}

function later(pause) {
  clearTimeout(timer);
  if (!isStopped) timer = setTimeout(() => save(), pause);
}

function tryAgain(name) {
  say(name);
  wait = Math.min(wait * 2, LONGEST_WAIT);
  later(wait);
}

function stop(name) {
  isStopped = true;
  say(name);
}

function send(isLast) {
  const body = new URLSearchParams(new FormData(form));
  const keepalive = isLast && body.toString().length < LARGEST_LAST_WORD;
  const headers = { Accept: "application/json" };
  return fetch(form.dataset.autosave, { method: "POST", body, headers, keepalive, redirect: "manual" });
}

// Signing in again changes the token that every form carries: the page itself is asked for the new one.
async function renewToken() {
  const page = await fetch(location.pathname, { redirect: "manual" });
  const fresh = new DOMParser().parseFromString(await page.text(), "text/html");
  const token = fresh.querySelector("form[data-autosave] [name=csrfmiddlewaretoken]");
  if (token) form.elements.csrfmiddlewaretoken.value = token.value;
}

function keep(answer, sent) {
  saved = sent;
  form.elements.version.value = answer.version;
  form.elements.opened.value = answer.opened;
}

async function read(response, sent) {
  const isJson = (response.headers.get("Content-Type") ?? "").includes("json");
  if (response.status === 403 && !isJson) await renewToken();
  if ([0, 401].includes(response.status) || (response.status === 403 && !isJson)) return tryAgain("signedOut");
  if (response.status >= 500) return tryAgain("offline");
  const answer = isJson ? await response.json() : {};
  wait = PAUSE;
  if (answer.code === "edit_conflict") return stop("conflict");
  if ([403, 404, 409].includes(response.status)) return stop("movedOn");
  if (answer.version) keep(answer, sent);
  if (response.ok) return say("saved");
  return say(answer.version ? "notSaved" : "refused", answer.not_saved ?? [answer.detail ?? ""]);
}

async function save(isLast = false) {
  const sent = written();
  if (isStopped || sent === saved) return;
  if (isSaving) return later(PAUSE);
  isSaving = true;
  say("saving");
  try {
    await read(await send(isLast), sent);
  } catch {
    tryAgain("offline");
  } finally {
    isSaving = false;
  }
  if (!isStopped && sent !== written()) later(PAUSE);
}

function lastWord() {
  if (document.visibilityState === "hidden") save(true);
}

function count(text) {
  const line = text.parentElement.querySelector(".letter-count");
  const most = text.maxLength;
  line.textContent = text.value ? `${text.value.length.toLocaleString()} / ${most.toLocaleString()}` : "";
}

function addCount(text) {
  const line = document.createElement("p");
  line.className = "letter-count";
  line.setAttribute("aria-hidden", "true");
  text.after(line);
  count(text);
  text.addEventListener("input", () => count(text));
}

if (form && state) {
  saved = written();
  form.querySelectorAll(".part textarea[maxlength]").forEach(addCount);
  form.addEventListener("input", () => {
    if (isStopped) return;
    say("unsaved");
    later(PAUSE);
  });
  form.addEventListener("submit", () => {
    isStopped = true;
    clearTimeout(timer);
  });
  addEventListener("online", () => later(0));
  addEventListener("visibilitychange", lastWord);
  addEventListener("pagehide", lastWord);
}
