// What the page does by itself: theme, which part is shown, printing. Without script all parts stand below each other.
const page = JSON.parse(document.getElementById("page").textContent);
const t = page.words;
const $ = (selector, within = document) => within.querySelector(selector);

/** An element; what is given as text stays text. */
function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

let silence;
function say(text) {
  $("#said").textContent = text;
  clearTimeout(silence);
  silence = setTimeout(() => ($("#said").textContent = ""), 5000);
}

function remembered(key, value) {
  try { // a page from a stick may be refused a memory
    if (value === undefined) return localStorage.getItem(key) || "";
    localStorage.setItem(key, value);
  } catch {}
  return value || "";
}

const night = matchMedia("(prefers-color-scheme: dark)");
function paint() {
  const theme = $("#theme").value || (night.matches ? "dark" : "light");
  document.documentElement.dataset.theme = theme;
  document.documentElement.classList.toggle("dark", theme === "dark"); // what DataTables looks at
}
function startTheme() {
  $("#theme").value = remembered("lbt-audit-theme");
  $("#theme").addEventListener("change", (event) => { remembered("lbt-audit-theme", event.target.value); paint(); });
  night.addEventListener("change", paint);
  paint();
}

const views = [...document.querySelectorAll("[data-view]")];
const shown = {}; // view → what is to be done when it is shown, given the parameters behind "?"

function go() {
  const [name, query = ""] = location.hash.slice(1).split("?");
  const view = views.find((v) => v.id === name) || views[0];
  for (const v of views) v.hidden = v !== view;
  for (const link of document.querySelectorAll(".tabs a")) {
    if (link.hash === `#${view.id}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  document.body.dataset.shown = view.id;
  const parameters = new URLSearchParams(query);
  scrollTo(0, 0);
  if (shown[view.id]) shown[view.id](parameters);
}

shown.rules = (parameters) => {
  const entry = document.getElementById(`rule-${parameters.get("rule")}`);
  if (!entry) return;
  entry.open = true;
  entry.scrollIntoView();
  $("summary", entry).focus();
};

/** Every part on paper, each from a new sheet on. */
function printAll() {
  document.body.classList.add("whole");
  for (const view of views) {
    view.hidden = false;
    shown[view.id]?.(new URLSearchParams());
  }
  addEventListener("afterprint", () => { document.body.classList.remove("whole"); go(); }, { once: true });
  print();
}

function start() {
  document.documentElement.classList.add("scripted");
  $(".tools").hidden = false;
  $("#print").addEventListener("click", () => print());
  $("#print-all").addEventListener("click", printAll);
  startTheme();
  addEventListener("hashchange", go);
  go();
}
addEventListener("DOMContentLoaded", start);
