// One child, one case: what is wrong, and what the lists say of the child, side by side.
let caseTable;
let caseOrder; // cases in the order of the gravest issue

function cases() {
  if (!caseOrder) {
    const d = issues();
    caseOrder = [...d.cases].map(([code, its]) => ({ code, its, i: its[0], grave: Math.max(...its.map((i) => d.issue.severity[i])) }));
    caseOrder.forEach((c, at) => { c.at = at; });
  }
  return caseOrder;
}

/** What is told of a child at the first level: the first issue of every line, but what follows from another of them. */
function linesOf(its) {
  const { head, above } = issues().issue;
  const heads = new Set(its.map((i) => head[i]));
  return its.filter((i, at) => !heads.has(above[i]) && its.findIndex((j) => head[j] === head[i]) === at);
}

function makeCases() {
  const d = issues();
  const all = cases();
  const box = $("#case-list");
  const text = h("input", { id: "case-text", type: "search", placeholder: t.search_hint });
  searching(text, () => caseTable.search(text.value).draw());
  const element = h("table", { class: "display", "aria-label": t.children });
  box.append(h("form", { class: "filters", role: "search", "aria-label": t.children, onsubmit: (event) => event.preventDefault() }, h("label", {}, t.search, text)),
    h("div", { class: "table-card" }, element));
  const of = (at) => all[at];
  const soonest = (c) => c.its.map((i) => d.word("deadline", i)).filter(Boolean).sort()[0] ?? "";
  const units = (c) => [...new Set(c.its.map((i) => d.word("responsible_unit", i)))].join(" ");
  caseTable = new DataTable(element, {
    ...TABLE(), pageLength: 20,
    data: all.map((c) => ({ i: c.at })),
    language: { ...TABLE().language, info: t.cases, infoFiltered: t.filtered, infoEmpty: t.cases, emptyTable: t.none, zeroRecords: t.empty },
    drawCallback: () => markChosen(),
    createdRow: (row, data) => { row.dataset.case = d.words.case[of(data.i).code]; },
    columns: [
      column(t.severity, (at) => mark(SEVERITIES[of(at).grave]), (at) => -of(at).grave, null, "4em", { className: "fixed" }),
      column(t.child, (at) => h("a", { href: `#children?case=${d.words.case[of(at).code]}` }, visible(d.issue.child[of(at).i] ?? t.other_child)),
        null, (at) => [...new Set(of(at).its.flatMap((i) => [d.issue.child[i], d.issue.id_no[i]]))].join(" "), "6em"),
      column(t.unit, (at) => h("span", {}, d.word("unit", of(at).i) || d.word("responsible_unit", of(at).i)), null, (at) => `${units(of(at))} ${d.word("unit", of(at).i)}`, ""),
      column(t.causes, (at) => h("span", {}, String(linesOf(of(at).its).length)), (at) => -of(at).its.length, null, "4em"),
      column(t.deadline, (at) => h("span", {}, dueText(soonest(of(at)))), (at) => Number(soonest(of(at)).replace(/-/g, "")) || 1e9, null, "7em", { className: "fixed" }),
    ],
  });
}

/** Rows: fields; columns: the child's records; a cell names the rules that point at it and whether it differs. */
function besideEachOther(its) {
  const d = issues();
  const records = new Map(); // record → one of its places
  const fields = new Map(); // field → record → cell
  for (const i of its) for (const k of d.places(i)) {
    const field = d.at("field", k);
    if (!d.place.row[k] || field === null) continue;
    const record = `${d.place.path[k]}|${d.place.sheet[k]}|${d.place.row[k]}`;
    if (!records.has(record)) records.set(record, k);
    if (!fields.has(field)) fields.set(field, new Map());
    const cells = fields.get(field);
    if (!cells.has(record)) cells.set(record, { k, value: d.at("value", k), rules: new Set(), grave: 0 });
    const cell = cells.get(record);
    cell.rules.add(d.word("rule", i));
    cell.grave = Math.max(cell.grave, d.issue.severity[i]);
  }
  if (!records.size) return h("p", { class: "note" }, t.no_cells);
  const head = [...records.values()].map((k) => {
    const path = d.at("path", k) ?? "";
    return h("th", { scope: "col" }, fileLink(path, visible(path.split("/").pop())), h("br"), visible(d.at("sheet", k) ?? ""), " ", t.row_of.replace("{row}", d.place.row[k]));
  });
  const rows = [...fields].map(([field, cells]) => {
    const differ = new Set([...cells.values()].map((c) => c.value ?? "")).size > 1;
    return h("tr", {}, h("th", { scope: "row" }, page.fields[field] ?? field), [...records.keys()].map((record) => {
      const cell = cells.get(record);
      if (!cell) return h("td", { class: "absent" });
      const where = visible(address(cell.k));
      return h("td", { class: `${SEVERITIES[cell.grave]}${differ ? " differs" : ""}` }, visible(cell.value) || t.blank,
        h("span", { class: "flag" }, differ ? `≠ ${t.differs} · ` : "", [...cell.rules].join(" "),
          h("button", { type: "button", class: "copy", "aria-label": `${t.copy} ${where}`, title: t.copy, onclick: () => copy(address(cell.k)) }, where.split("!").pop())));
    }));
  });
  return h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": t.side_by_side },
    h("table", { class: "beside" }, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t.field), head)), h("tbody", {}, rows)));
}

let chosenCase;
function markChosen(key = chosenCase) {
  chosenCase = key;
  for (const row of document.querySelectorAll("#case-list tr[data-case]")) row.classList.toggle("chosen", row.dataset.case === key);
}

function showCase(key, focus) {
  const d = issues();
  const all = cases();
  const box = $("#case");
  box.parentElement.classList.toggle("open", Boolean(key)); // where there is room for one of both only
  const chosen = all.find((c) => d.words.case[c.code] === key) ?? all[0];
  if (!chosen) return;
  const at = chosen.at;
  markChosen(d.words.case[chosen.code]);
  const step = (to, text) => h("button", { type: "button", disabled: !all[to], onclick: () => { location.hash = `#children?case=${d.words.case[all[to].code]}`; } }, text);
  const i = chosen.i;
  const about = [d.issue.id_no[i], d.word("unit", i)].filter(Boolean).join(" · ");
  box.replaceChildren(h("article", { class: "card" },
    h("div", { class: "case-head" }, h("h3", {}, visible(d.issue.child[i] ?? t.other_child)), h("span", { class: "soft" }, visible(about)),
      h("span", { class: "steps" }, h("a", { class: "back", href: "#children" }, t.back), step(at - 1, t.prev_child), step(at + 1, t.next_child))),
    h("ol", { class: "case-issues" }, linesOf(chosen.its).map((j) => h("li", {}, issueBlock(j)))),
    h("h3", {}, t.side_by_side), besideEachOther(chosen.its)));
  if (focus) box.focus();
}

shown.children = (parameters) => {
  if (!page.all) return;
  if (!caseTable) makeCases();
  showCase(parameters.get("case"), parameters.has("case"));
};
