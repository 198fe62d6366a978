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

let dossiers; // whole records, by case; read when a child is first shown
function recordsOf(key) {
  dossiers ??= JSON.parse(document.getElementById("dossiers").textContent);
  const whole = key in dossiers.cases;
  const [differing = [], ...records] = whole ? dossiers.cases[key] : [];
  return { whole, differing: new Set(differing), records: records.map(([sheet, rows, words]) => {
    const [path, name, title, fields] = dossiers.sheets[sheet];
    return { path, sheet: name, title, rows, fields, words };
  }) };
}

/** Rows: fields; columns: the child's records in all registers; a cell names the rules that point at it and whether it differs. */
function besideEachOther(key, its) {
  const d = issues();
  const { whole, differing, records } = recordsOf(key);
  const at = new Map(); // place → record
  const fields = new Map(); // field → record → cell
  const cellOf = (field, record) => {
    if (!fields.has(field)) fields.set(field, new Map());
    const cells = fields.get(field);
    if (!cells.has(record)) cells.set(record, { value: null, rules: new Set(), grave: 0 });
    return cells.get(record);
  };
  for (const record of records) {
    for (const row of record.rows) at.set(`${record.path}|${record.sheet}|${row}`, record);
    record.fields.forEach((field, i) => { cellOf(field, record).value = dossiers.words[record.words[i]] ?? null; });
  }
  for (const i of its) for (const k of d.places(i)) {
    const field = d.at("field", k);
    if (!d.place.row[k] || field === null) continue;
    const place = { path: d.at("path", k) ?? "", sheet: d.at("sheet", k) ?? "", rows: [d.place.row[k]] };
    const name = `${place.path}|${place.sheet}|${place.rows[0]}`;
    if (!at.has(name)) { at.set(name, place); records.push(place); } // of somebody else, as a brother's
    const cell = cellOf(field, at.get(name));
    Object.assign(cell, { k, value: d.at("value", k) ?? cell.value });
    cell.rules.add(d.word("rule", i));
    cell.grave = Math.max(cell.grave, d.issue.severity[i]);
  }
  if (!records.length) return h("p", { class: "note" }, t.no_cells);
  const head = records.map(({ path, sheet, title, rows }) => h("th", { scope: "col" }, title ? [title, h("br")] : [],
    fileLink(path, visible(path.split("/").pop())), h("br"), visible(sheet), " ", t.row_of.replace("{row}", rows.length > 1 ? `${rows[0]}–${rows.at(-1)}` : rows[0])));
  const titled = (field) => page.fields[field] ?? dossiers.titles[field] ?? field;
  const rows = [...fields].filter(([, cells]) => [...cells.values()].some((c) => c.value !== null || c.rules.size)).map(([field, cells]) => {
    const pointed = [...cells.values()].filter((c) => c.rules.size);
    const differ = differing.has(field) || new Set(pointed.map((c) => c.value ?? "")).size > 1;
    return h("tr", { class: differ || pointed.length ? null : "plain" }, h("th", { scope: "row" }, titled(field)), records.map((record) => {
      const cell = cells.get(record);
      if (!cell) return h("td", { class: "absent" });
      const text = visible(cell.value) || t.blank;
      const mark = differ ? `≠ ${t.differs}` : "";
      if (!cell.rules.size) return h("td", { class: [differ ? "differs" : "", cell.value === null ? "soft" : ""].join(" ").trim() || null }, text, mark ? h("span", { class: "flag" }, mark) : []);
      const where = visible(address(cell.k));
      return h("td", { class: `${SEVERITIES[cell.grave]}${differ ? " differs" : ""}` }, text,
        h("span", { class: "flag" }, mark && `${mark} · `, [...cell.rules].join(" "),
          h("button", { type: "button", class: "copy", "aria-label": `${t.copy} ${where}`, title: t.copy, onclick: () => copy(address(cell.k)) }, where.split("!").pop())));
    }));
  });
  const table = h("table", { class: "beside" }, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t.field), head)), h("tbody", {}, rows));
  const only = h("input", { type: "checkbox", onchange: () => table.classList.toggle("marked", only.checked) });
  return [whole ? [] : h("p", { class: "note" }, t.not_whole), h("label", { class: "only" }, only, t.only_marked),
    h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": t.side_by_side }, table)];
}

let chosenCase;
function markChosen(key = chosenCase) {
  chosenCase = key;
  for (const row of document.querySelectorAll("#case-list tr[data-case]")) row.classList.toggle("chosen", row.dataset.case === key);
}

function caseCard(c, ...steps) {
  const d = issues();
  const about = [d.issue.id_no[c.i], d.word("unit", c.i)].filter(Boolean).join(" · ");
  return h("article", { class: "card" },
    h("div", { class: "case-head" }, h("h3", {}, visible(d.issue.child[c.i] ?? t.other_child)), h("span", { class: "soft" }, visible(about)), steps),
    h("ol", { class: "case-issues" }, linesOf(c.its).map((j) => h("li", {}, issueBlock(j)))),
    h("h3", {}, t.side_by_side), besideEachOther(d.words.case[c.code], c.its));
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
  box.replaceChildren(caseCard(chosen, h("span", { class: "steps" }, h("a", { class: "back", href: "#children" }, t.back), step(at - 1, t.prev_child), step(at + 1, t.next_child))));
  if (focus) box.focus();
}

const PRINTED_CASES = 30; // children on paper where everything is printed: what is wrong and what differs of each
addEventListener("beforeprint", () => {
  if (!document.body.classList.contains("whole") || !page.all) return;
  const all = cases();
  const note = all.length > PRINTED_CASES ? [h("p", { class: "note" }, t.printed_cases.replace("{n}", PRINTED_CASES))] : [];
  $("#case").replaceChildren(...note, ...all.slice(0, PRINTED_CASES).map((c) => caseCard(c)));
  for (const table of document.querySelectorAll("#case .beside")) table.classList.add("marked");
});

shown.children = (parameters) => {
  if (!page.all) return;
  if (!caseTable) makeCases();
  showCase(parameters.get("case"), parameters.has("case"));
};
