// The desk's page: takes what is dropped, tells how far a check is, and shows what came of it.
// All HTML comes from the server, where every value is escaped; texts set here are text.
const { words: t, most } = JSON.parse(document.getElementById("settings-of-script").textContent);
const $ = (selector, within = document) => within.querySelector(selector);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key]);
const LOOK = 300; // ms between looks at a check that runs
const BEAT = 20000; // ms between signs of life: a desk nobody looks at closes by itself
let over = false; // the desk is closed
let taking = false;

/** Ask the desk; once it cannot be reached the page says so and is of no use. */
async function ask(path, options = {}) {
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    close(t.gone);
    throw new Error("closed");
  }
  if (answer.status === 403) {
    close(t.gone);
    throw new Error("closed");
  }
  return answer;
}
const send = (path, body) => ask(path, { method: "POST", body });

function close(text) {
  if (over) return;
  over = true;
  document.body.classList.add("ended");
  for (const control of document.querySelectorAll("button, input, select")) control.disabled = true;
  $("#progress").hidden = true;
  say(text, text === t.gone);
}

function say(text, bad = false, first = true) {
  if (first) $("#said").replaceChildren();
  const line = document.createElement("p");
  line.textContent = text;
  line.className = bad ? "bad" : "";
  $("#said").append(line);
}

async function refresh(part) {
  const answer = await ask(`view/${part}`);
  document.getElementById(part).innerHTML = await answer.text();
}

// What is dropped or chosen ---------------------------------------------------------------------------------------

/** Files below an entry of a drop, each with its path. */
async function below(entry, path, found) {
  if (entry.isFile) {
    try {
      const file = await new Promise((done, failed) => entry.file(done, failed));
      found.push({ file, path: path + entry.name });
    } catch {
      found.push({ path: path + entry.name });
    }
    return;
  }
  const reader = entry.createReader();
  for (;;) { // a hundred at a time
    const entries = await new Promise((done, failed) => reader.readEntries(done, failed));
    if (!entries.length) return;
    for (const inner of entries) await below(inner, `${path}${entry.name}/`, found);
  }
}

async function dropped(transfer) {
  const entries = [...transfer.items].filter((i) => i.kind === "file").map((i) => i.webkitGetAsEntry?.() ?? i.getAsFile());
  const found = [];
  for (const entry of entries) {
    if (entry instanceof File) found.push({ file: entry, path: entry.name });
    else if (entry) await below(entry, "", found);
  }
  return found;
}

const chosen = (input) => [...input.files].map((file) => ({ file, path: file.webkitRelativePath || file.name }));

/** A whole folder dropped is the place of its files, not part of their names. */
function withoutTop(items) {
  const tops = new Set(items.map(({ path }) => path.split("/")[0]));
  const inside = items.every(({ path }) => path.includes("/"));
  return tops.size === 1 && inside ? items.map((i) => ({ ...i, path: i.path.slice(i.path.indexOf("/") + 1) })) : items;
}

async function take(items) {
  if (over || taking) return;
  if (!items.length) return say(t.empty_drop, true);
  taking = true;
  $("#said").replaceChildren();
  let taken = 0, passed = 0;
  for (const [number, { file, path }] of withoutTop(items).entries()) {
    progress(fill(t.receiving, { done: number + 1, total: items.length, file: path }), number / items.length);
    if (!file) { say(fill(t.unreadable_entry, { file: path }), true, false); continue; }
    if (file.size > most) {
      const values = { file: path, size: Math.round(file.size / 1048576), most: Math.round(most / 1048576) };
      say(fill(t.too_large, values), true, false);
      continue;
    }
    const answer = await send(`files?path=${encodeURIComponent(path)}`, file);
    const told = await answer.json();
    if (told.refused) say(told.refused, true, false);
    else if (told.passed_over) passed += 1;
    else {
      taken += 1;
      if (told.replaced) say(fill(t.replaced, { file: path, old: told.replaced }), false, false);
    }
  }
  taking = false;
  if (passed) say(fill(t.passed_over, { n: passed }), false, false);
  if (taken) say(fill(t.taken, { n: taken }), false, false);
  $("#progress").hidden = true;
  await refresh("files");
  if (taken) await check();
}

// A check -----------------------------------------------------------------------------------------------------------

function progress(text, share) {
  $("#progress").hidden = false;
  const line = $("#progress p");
  if (line.textContent !== text) line.textContent = text;
  const bar = $("#progress progress");
  if (share === null) bar.removeAttribute("value");
  else bar.value = share;
}

async function check() {
  await send("check");
  await watch();
}

/** Tell how far the check is until it ends, then show what came of it. */
async function watch(focus = ".verdict") {
  for (;;) {
    const state = await (await ask("state")).json();
    if (!state.running) break;
    progress(state.text, state.share);
    for (const [path, word] of Object.entries(state.files)) {
      const cell = $(`tr[data-path="${CSS.escape(path)}"] .standing`);
      const mark = document.createElement("span");
      mark.className = "state reading";
      mark.textContent = word;
      cell?.replaceChildren(mark);
    }
    await new Promise((done) => setTimeout(done, LOOK));
  }
  $("#progress").hidden = true;
  await Promise.all([refresh("files"), refresh("results")]);
  const shown = $(focus) ?? $(".verdict");
  shown?.focus({ preventScroll: true });
  shown?.scrollIntoView({ block: "start", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
}

// The side panel ------------------------------------------------------------------------------------------------------

async function set(values) {
  const answer = await send("settings", JSON.stringify(values));
  const told = await answer.json();
  if (told.refused) say(told.refused, true);
  return told;
}

/** What was checked is checked again as it is wanted now. */
async function again() {
  if (document.querySelector("#results .verdict")) await check();
}

async function county(file) {
  const told = await (await send(`county?name=${encodeURIComponent(file.name)}`, file)).json();
  if (told.refused) return say(told.refused, true);
  if ($("#results .verdict")) await send("check");
  location.reload();
}

// Buttons -------------------------------------------------------------------------------------------------------------

const pressed = {
  "choose-files": () => $("#files-input").click(),
  "choose-folder": () => $("#folder-input").click(),
  "county-choose": () => $("#county-input").click(),
  "county-remove": async () => {
    await set({ county: null });
    if ($("#results .verdict")) await send("check");
    location.reload();
  },
  check,
  stop: () => send("stop"),
  repair: async () => { await send("repair"); await watch("#repaired"); },
  "use-repaired": async () => { await send("use-repaired"); await check(); },
  clear: async () => {
    if (!confirm(t.sure_clear)) return;
    await send("clear");
    location.reload();
  },
  language: async (button) => {
    await set({ lang: button.dataset.lang });
    if ($("#results .verdict")) await send("check");
    location.reload();
  },
  end: async () => {
    if (!confirm(t.sure_end)) return;
    await send("end");
    close(t.ended);
    for (const part of ["#files", "#results"]) $(part).replaceChildren();
  },
};

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  try {
    if (button.classList.contains("remove")) {
      await send(`remove?path=${encodeURIComponent(button.dataset.path)}`);
      await Promise.all([refresh("files"), refresh("results")]);
      $("#files button, #choose-files")?.focus();
    } else await pressed[button.id]?.(button);
  } catch (error) {
    if (!over) throw error;
  }
});

for (const id of ["files-input", "folder-input"]) {
  document.getElementById(id).addEventListener("change", async (event) => {
    const items = chosen(event.target);
    event.target.value = ""; // so that the same file can be chosen again once it is corrected
    if (items.length) await take(items);
  });
}
$("#county-input").addEventListener("change", (event) => { if (event.target.files[0]) county(event.target.files[0]); });
$("#settings").addEventListener("submit", (event) => event.preventDefault());
$("#settings").addEventListener("change", async (event) => {
  if (!event.target.name) return;
  const told = await set({ [event.target.name]: event.target.value });
  if (!told.refused) await again();
});
$("#forms").addEventListener("toggle", async (event) => {
  if (event.target.open && !$("#forms-list").childElementCount) $("#forms-list").innerHTML = await (await ask("view/forms")).text();
});

const dragging = (on) => document.body.classList.toggle("dragging", on); // the report is no place to drop files on then
addEventListener("dragover", (event) => { event.preventDefault(); dragging(true); });
addEventListener("dragleave", (event) => { if (!event.relatedTarget) dragging(false); });
addEventListener("drop", async (event) => {
  event.preventDefault();
  dragging(false);
  await take(await dropped(event.dataTransfer));
});

setInterval(() => { if (!over) ask("state").catch(() => {}); }, BEAT);
const state = await (await ask("state")).json();
if (state.running) await watch();
