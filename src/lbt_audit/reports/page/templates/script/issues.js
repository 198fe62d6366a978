// The issues: read when first asked for, filtered and sorted in a table of DataTables.
let read;
/** All issues as columns; words in place of their numbers come from `word`. */
function issues() {
  if (read) return read;
  const { issues: issue, places: place, words } = JSON.parse(document.getElementById("data").textContent);
  const first = new Uint32Array(place.of.length + 1);
  place.of.forEach((n, i) => { first[i + 1] = first[i] + n; });
  const n = issue.severity.length;
  const cases = new Map(); // case → issues
  for (let i = 0; i < n; i++) {
    if (issue.case[i] < 0) continue;
    if (cases.has(issue.case[i])) cases.get(issue.case[i]).push(i);
    else cases.set(issue.case[i], [i]);
  }
  // A line is one rule on one child, whatever registers it is told of; its head leads it.
  const lines = new Map(); // head → its issues
  const after = new Map(); // head → heads of what follows
  const put = (map, key, i) => (map.has(key) ? map.get(key).push(i) : map.set(key, [i]));
  issue.head.forEach((head, i) => {
    put(lines, head, i);
    if (head === i && issue.above[i] >= 0) put(after, issue.above[i], i);
  });
  read = {
    n, issue, place, words, cases, lines, after,
    word: (name, i) => words[name][issue[name][i]] ?? "",
    places: (i) => Array.from({ length: place.of[i] }, (_, k) => first[i] + k),
    at: (name, k) => words[name][place[name][k]] ?? null,
  };
  return read;
}

const SEVERITIES = ["", "notice", "warning", "error"];
const severityOf = (i) => SEVERITIES[issues().issue.severity[i]];
const mark = (severity) => h("span", { class: `mark ${severity}` }, page.colours[severity]);
/** A deadline, and that it was past when the lists went out. */
const dueText = (day) => (day && day < page.today ? h("span", { class: "past" }, day, t.past) : day);
const ruleName = (code) => `${code} ${page.rules[code] ?? ""}`.trim();

// Characters that are not seen or turn the text around are shown by their number.
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
const visible = (text) => (text ?? "").replace(UNSEEN, (c) => `⟨U+${c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`);

/** `'三(1)班'!F7`, as the name box of a spreadsheet program takes it. */
function address(k) {
  const { at, place } = issues();
  const sheet = at("sheet", k);
  const cell = (at("column", k) ?? (place.row[k] ? "A" : "")) + (place.row[k] || "");
  if (sheet === null) return cell;
  const quoted = /^[\p{L}_][\p{L}\p{N}_.]*$/u.test(sheet) && !/^[a-z]{1,3}\d+$/i.test(sheet) ? sheet : `'${sheet.replace(/'/g, "''")}'`;
  return cell ? `${quoted}!${cell}` : quoted;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch { // an old browser, or one that trusts no page from a disk
    const field = h("textarea", {}, text);
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  say(t.copied.replace("{address}", text));
}

/** The file handed in, and its copy in which the cell is marked. */
function fileLink(path, text) {
  const target = page.files[path];
  const copy = page.copies[path];
  return [target ? h("a", { href: target, title: path }, text) : h("span", { title: path }, text),
    copy ? [" ", h("a", { class: "copy-link", href: copy, title: visible(path) }, t.annotated)] : null];
}

/** File and cell of a place, with a button that copies the cell's address. */
function placeOf(k, whole = false) {
  const { at } = issues();
  const path = at("path", k) ?? "";
  const name = visible(whole ? path : path.split("/").pop());
  const where = visible(address(k));
  return h("span", { class: "place" }, fileLink(path, name), where ? [" ", where] : null,
    where ? h("button", { type: "button", class: "copy", "aria-label": `${t.copy} ${where}`, title: t.copy, onclick: () => copy(address(k)) }, t.copy_short) : null);
}

function placesOf(i) {
  const d = issues();
  return h("ul", { class: "places" }, d.places(i).map((k) => {
    const value = d.at("value", k);
    const field = d.at("field", k);
    return h("li", {}, placeOf(k, true), " ", field ? h("span", { class: "soft" }, page.fields[field] ?? field) : null, value ? `：${visible(value)}` : null);
  }));
}

/** What is to be done, and where. `folded`: the places are told elsewhere too. */
function detailsOf(i, folded = false) {
  const d = issues();
  const fix = d.word("fix", i);
  const count = d.places(i).length;
  return h("dl", {}, fix ? [h("dt", {}, t.fix), h("dd", {}, visible(fix))] : null,
    count && !folded ? [h("dt", {}, t.place), h("dd", {}, placesOf(i))] : null,
    count && folded ? h("dd", {}, unfolding(`${t.place}（${count}）`, () => placesOf(i))) : null,
    h("dt", { class: "number" }, `${t.issue_no} ${numberOf(i)}`));
}

const numberOf = (i) => issues().issue.number[i] || issues().issue.fingerprint[i];

/** What is made when it is unfolded. */
function unfolding(summary, make, attributes = {}) {
  const box = h("details", attributes, h("summary", {}, summary));
  box.addEventListener("toggle", () => { if (box.childElementCount === 1) box.append(...[make()].flat(Infinity)); });
  return box;
}

function whatIsWrong(i) {
  const d = issues();
  const more = d.after.get(i)?.length;
  const text = [visible(d.issue.message[i]), more ? h("span", { class: "soft" }, `（${t.follows} ${more}）`) : ""];
  return unfolding(h("span", {}, text), () => [detailsOf(i), elsewhere(i) ?? "", followers(i) ?? ""], { class: "what" });
}

const ruleLink = (i) => h("a", { href: `#rules?rule=${encodeURIComponent(issues().word("rule", i))}` }, ruleName(issues().word("rule", i)));

function owner(i) {
  const d = issues();
  const due = d.word("deadline", i);
  return [d.word("responsible_unit", i) || t.nobody, due ? [" · ", dueText(due)] : ""];
}

/** The same in other registers: each with its place and its owner. */
function elsewhere(i) {
  const d = issues();
  const others = d.lines.get(i)?.filter((j) => j !== i) ?? [];
  if (!others.length) return null;
  return h("dl", {}, h("dt", {}, t.elsewhere), others.map((j) => h("dd", {}, h("span", { class: "soft" }, owner(j)), "　",
    d.places(j).length ? placeOf(d.places(j)[0], true) : "", " ", h("span", { class: "number soft" }, numberOf(j)))));
}

/** What follows from an issue, beneath it. */
function followers(i) {
  const after = issues().after.get(i);
  return after ? h("div", {}, h("p", { class: "soft" }, `${t.follows}：`), after.map((j) => issueBlock(j))) : null;
}

function issueBlock(i) {
  const d = issues();
  const head = [mark(severityOf(i)), " ", ruleLink(i), h("span", { class: "soft" }, "　", owner(i))];
  const whole = () => [h("p", {}, visible(d.issue.message[i])), detailsOf(i, true), elsewhere(i) ?? "", followers(i) ?? ""];
  // What repeats its cause cell by cell is named, and told when it is unfolded.
  return h("div", { class: `issue ${severityOf(i)}` }, d.issue.repeats[i] ? unfolding(h("span", {}, head), whole) : [h("p", {}, head), whole()]);
}

/** For every issue how its word stands among the others in order. */
function ranks(name) {
  const { issue, words } = issues();
  const order = words[name].map((_, i) => i).sort((a, b) => words[name][a].localeCompare(words[name][b], page.lang));
  const rank = new Int32Array(order.length);
  order.forEach((word, place) => { rank[word] = place; });
  return (i) => (issue[name][i] < 0 ? order.length : rank[issue[name][i]]);
}

function lazily(make) {
  let made;
  return (i) => (made ??= make())(i);
}

function childRanks() {
  const { issue, n } = issues();
  const names = [...new Set(issue.child)].sort((a, b) => (a ?? "\uffff").localeCompare(b ?? "\uffff", page.lang));
  const rank = new Map(names.map((name, i) => [name, i]));
  return (i) => rank.get(issue.child[i]);
}

/** A column of a table whose rows are {i}: shown as an element, sorted by a number, found by a text. */
function column(title, show, sort, find, width, options = {}) {
  return {
    title, width, type: "num", data: null, orderable: Boolean(sort), searchable: Boolean(find), ...options,
    render: (_, type, row) => (type === "display" ? show(row.i) : type === "filter" ? (find ? find(row.i) : "") : sort ? sort(row.i) : 0),
  };
}

const TABLE = () => ({
  deferRender: true, autoWidth: false, order: [], pageLength: 50, lengthMenu: [20, 50, 100, 200], orderMulti: false, orderCellsTop: true,
  layout: { topStart: "info", topEnd: null, bottomStart: "pageLength", bottomEnd: "paging" },
  language: {
    emptyTable: t.empty, zeroRecords: t.empty, lengthMenu: t.per_page, decimal: "", thousands: ",",
    paginate: { first: "«", previous: "‹", next: "›", last: "»" },
    aria: { orderable: t.sort, orderableReverse: t.sort, orderableRemove: t.sort, paginate: { first: t.first_page, previous: t.previous, next: t.next, last: t.last_page, number: "" } },
  },
});

const FILTERS = ["rule", "unit", "town", "severity", "due", "status", "text", "show"];
let table;
const wanted = {}; // filter → value

/** Searches when typing stops, or at once for whoever presses enter. */
function searching(field, search) {
  let pause;
  field.addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(search, 150); });
  field.addEventListener("change", () => { clearTimeout(pause); search(); });
}

function choice(name, label, options) {
  const select = h("select", { id: `filter-${name}`, onchange: () => { wanted[name] = select.value; filter(); } },
    h("option", { value: "" }, t.all), options.map(([value, text]) => h("option", { value }, text)));
  return options.length > (name === "severity" || name === "due" ? 0 : 1) ? h("label", {}, label, select) : null;
}

/** [value, text with the number of issues], the most first; of the words of a column that occur. */
function counted(name, shownAs = (word) => word, none = null) {
  const { issue, words } = issues();
  const counts = new Map();
  for (const code of issue[name]) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).map(([code, count]) => {
    const word = words[name][code];
    return [word ?? "-", `${word === undefined || word === "" ? none ?? t.nobody : shownAs(word)}（${count}）`];
  });
}

function makeTable() {
  const d = issues();
  const box = $("#issue-list");
  const severities = [3, 2, 1].filter((s) => d.issue.severity.includes(s)).map((s) => [SEVERITIES[s], page.colours[SEVERITIES[s]]]);
  const text = h("input", { id: "filter-text", type: "search", placeholder: t.search_hint });
  searching(text, () => { wanted.text = text.value; filter(); });
  const causes = d.issue.head.filter((_, i) => isCause(i)).length;
  const dues = [["late", t.due_late], ["3", t.due_3], ["7", t.due_7], ["30", t.due_30]];
  const showing = h("select", { id: "filter-show", onchange: () => { wanted.show = showing.value; filter(); } },
    h("option", { value: "causes" }, t.causes_only), h("option", { value: "all" }, t.with_consequences));
  box.append(h("form", { class: "filters", role: "search", "aria-label": t.issues, onsubmit: (event) => event.preventDefault() },
    h("label", {}, t.search, text),
    choice("severity", t.severity, severities),
    choice("unit", t.unit, counted("responsible_unit")),
    choice("town", t.township, counted("town", undefined, t.no_township)),
    choice("rule", t.rule, counted("rule", ruleName)),
    choice("due", t.due, dues),
    choice("status", t.status, counted("status", (s) => page.statuses[s] ?? s)),
    d.n > causes ? h("label", {}, t.show, showing) : null,
    h("button", { type: "button", onclick: () => { location.hash = "#issues?"; } }, t.reset)));
  const element = h("table", { class: "display", "aria-label": t.issues });
  box.append(h("div", { class: "table-card" }, element));
  const child = (i) => {
    const name = d.issue.child[i];
    return name === null ? "" : d.issue.case[i] < 0 ? visible(name) : h("a", { href: `#children?case=${d.word("case", i)}` }, visible(name));
  };
  const found = (i) => [d.issue.message[i], d.issue.child[i], d.issue.id_no[i], d.issue.fingerprint[i], d.issue.number[i],
    ...new Set(d.places(i).map((k) => d.at("path", k)))].join(" ");
  const wrap = (value) => h("span", {}, value);
  const several = d.words.status.length > 1;
  table = new DataTable(element, {
    ...TABLE(),
    data: Array.from({ length: d.n }, (_, i) => ({ i })),
    language: { ...TABLE().language, info: t.found, infoFiltered: t.filtered, infoEmpty: t.found },
    columns: [
      column(t.severity, (i) => mark(severityOf(i)), (i) => -d.issue.severity[i], null, "4.6em", { className: "fixed" }),
      column(t.rule, (i) => h("span", {}, ruleLink(i)),
        lazily(() => ranks("rule")), (i) => ruleName(d.word("rule", i)), "9em"),
      column(t.child, (i) => wrap(child(i)), lazily(childRanks), null, "5.5em"),
      column(t.message, whatIsWrong, null, found, ""),
      column(t.unit, (i) => wrap(d.word("responsible_unit", i) || t.nobody), lazily(() => ranks("responsible_unit")), (i) => d.word("responsible_unit", i), "8em"),
      column(t.deadline, (i) => wrap(dueText(d.word("deadline", i))), lazily(() => ranks("deadline")), null, "7em", { className: "fixed" }),
      column(t.status, (i) => wrap(page.statuses[d.word("status", i)] ?? ""), lazily(() => ranks("status")), null, "5em", { visible: several, className: "fixed" }),
      column(t.place, (i) => { const [k, ...more] = d.places(i); return k === undefined ? wrap("") : h("span", {}, placeOf(k), more.length ? h("span", { class: "soft" }, ` +${more.length}`) : null); },
        null, null, "12em"),
    ],
  });
  predicates();
}

/** The last day of the next so many days. */
function inDays(n) {
  const day = new Date(`${page.today}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + n);
  return day.toISOString().slice(0, 10);
}

function predicates() {
  const { issue, words } = issues();
  const isWord = (name) => (value) => { const code = words[name].indexOf(value); return (i) => issue[name][i] === code; };
  const day = (test) => { const fits = words.deadline.map(test); return (i) => issue.deadline[i] >= 0 && fits[issue.deadline[i]]; };
  makers = {
    rule: isWord("rule"), unit: isWord("responsible_unit"), town: isWord("town"), status: isWord("status"), day: (value) => day((d) => d === value),
    severity: (value) => { const s = SEVERITIES.indexOf(value); return (i) => issue.severity[i] === s; },
    due: (value) => day((d) => (value === "late" ? d < page.today : d >= page.today && d <= inDays(Number(value)))),
  };
}
let makers;

const isCause = (i) => issues().issue.head[i] === i && issues().issue.above[i] < 0;

function filter() {
  for (const [name, make] of Object.entries(makers)) {
    const value = wanted[name];
    const test = value ? make(value) : null;
    table.search.fixed(name, test ? (_, row) => test(row.i) : null);
  }
  // Whoever asks for a rule or a unit wants all of it, whatever it follows from and wherever else it is told.
  const show = wanted.show || (["rule", "unit", "text"].some((name) => wanted[name]) ? "all" : "causes");
  table.search.fixed("causes", show === "causes" ? (_, row) => isCause(row.i) : null);
  if ($("#filter-show")) $("#filter-show").value = show;
  table.search(wanted.text ?? "");
  table.draw();
  const query = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value)).toString();
  history.replaceState(null, "", query ? `#issues?${query}` : "#issues");
}

shown.issues = (parameters) => {
  if (!page.all) return;
  $("#issues .still").hidden = true;
  if (!table) makeTable();
  if (!location.hash.includes("?") && Object.keys(wanted).length) return; // back from another part: as it was left
  for (const name of [...FILTERS, "day"]) {
    wanted[name] = parameters.get(name) ?? "";
    const field = document.getElementById(`filter-${name}`);
    if (field) field.value = wanted[name];
  }
  filter();
};

const PRINTED = 500; // issues on paper
addEventListener("beforeprint", () => {
  if (!table || $("#issues").hidden) return;
  const before = table.page.len();
  const most = table.page.info().recordsDisplay > PRINTED;
  table.page.len(PRINTED).draw();
  const note = h("p", { class: "note" }, t.printed.replace("{n}", PRINTED));
  if (most) $("#issue-list").prepend(note);
  addEventListener("afterprint", () => { note.remove(); table.page.len(before).draw(); }, { once: true });
});
