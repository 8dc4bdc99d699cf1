/** A manifest: a CSV that says of each file what it is; declared digests are sent along, and the server holds them against its own. */

const COLUMNS = {
  filename: "filename", file: "filename", name: "filename", path: "filename",
  exhibit: "exhibit_no", "exhibit no": "exhibit_no", exhibit_no: "exhibit_no",
  sha256: "sha256", "sha-256": "sha256",
  caption: "caption",
  "taken at": "taken_as_stated", taken_at: "taken_as_stated", taken: "taken_as_stated", time: "taken_as_stated",
  place: "place_as_stated",
  collector: "collected_by", "collected by": "collected_by", collected_by: "collected_by",
  "legal basis": "legal_basis", legal_basis: "legal_basis",
  acquisition: "acquisition_method", acquisition_method: "acquisition_method",
};

for (const form of document.querySelectorAll("form[data-upload]")) {
  const area = form.querySelector("[data-manifest]");
  if (area) prepare(form, area);
}

function prepare(form, area) {
  let rows = new Map(); // filename as written -> {said, used}
  const text = area.querySelector("textarea");
  const chooser = area.querySelector("[data-manifest-file]");
  const lists = { missing: new Set(), unnamed: new Set() };
  text.addEventListener("input", () => read(text.value));
  chooser.addEventListener("change", async () => {
    text.value = await chooser.files[0].text();
    read(text.value);
  });

  function read(csv) {
    const { rows: found, trouble } = parse(csv);
    rows = new Map(found.map((said) => [said.filename, { said, used: false }]));
    area.querySelector("[data-manifest-trouble]").textContent = trouble ? area.dataset[trouble] : "";
    lists.missing = new Set(rows.keys());
    lists.unnamed.clear();
    show();
  }

  form.addEventListener("files:offered", ({ detail: files }) => {
    if (!rows.size) return;
    for (const each of files) {
      const names = [each.path, each.path?.split("/").slice(1).join("/"), each.file.name];
      const name = names.find((one) => one && rows.has(one));
      if (!name) {
        lists.unnamed.add(each.path || each.file.name);
        continue;
      }
      const { sha256, ...claims } = rows.get(name).said;
      lists.missing.delete(name);
      each.claims = claims;
      each.said = sha256 ? { sha256: sha256.toLowerCase() } : {};
    }
    show();
  });

  /* Once the server has the file, it is told the rest of the row. */
  form.addEventListener("upload:stored", async ({ detail: { row, stored, claims } }) => {
    if (!claims) return;
    const { filename: _name, ...said } = claims;
    const filled = Object.fromEntries(Object.entries(said).filter(([, value]) => value));
    if (!Object.keys(filled).length) return;
    const answer = await fetch(area.dataset.describe.replace(area.dataset.placeholder, stored.id), {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token() },
      body: JSON.stringify(filled),
    });
    if (answer.ok) return document.body.dispatchEvent(new CustomEvent("uploads:done"));
    const told = await answer.json().catch(() => ({}));
    const sentence = document.createElement("span");
    sentence.className = "sub meta error";
    sentence.textContent = told.detail ?? Object.values(told).flat().join(" ");
    row.querySelector("[data-state]").append(sentence);
  });

  function show() {
    for (const [name, names] of Object.entries(lists)) {
      const section = area.querySelector(`[data-${name}]`);
      section.hidden = !names.size;
      section.querySelector("ul").replaceChildren(
        ...[...names].slice(0, 200).map((one) => Object.assign(document.createElement("li"), { textContent: one, dir: "auto" })),
      );
    }
  }
}

const token = () => document.querySelector("meta[name=csrf-token]")?.content ?? "";

/** Rows of what a CSV says; `trouble` names what keeps it from being read. */
function parse(csv) {
  const table = cells(csv.replace(/^\uFEFF/, ""));
  if (!table.length) return { rows: [], trouble: "" };
  const heads = table[0].map((head) => COLUMNS[head.trim().toLowerCase()]);
  if (!heads.includes("filename")) return { rows: [], trouble: "nameless" };
  const rows = table.slice(1).map((line) => Object.fromEntries(heads.map((head, at) => [head, (line[at] ?? "").trim()])));
  for (const row of rows) delete row.undefined;
  const named = rows.filter(({ filename }) => filename);
  if (named.some(({ sha256 }) => sha256 && !/^[0-9a-f]{64}$/i.test(sha256))) return { rows: [], trouble: "malformed" };
  if (new Set(named.map(({ filename }) => filename)).size < named.length) return { rows: [], trouble: "doubled" };
  return { rows: named, trouble: "" };
}

/* RFC 4180, with comma, semicolon or tab, whichever stands in the first line. */
function cells(csv) {
  const first = csv.split("\n", 1)[0];
  const between = [",", ";", "\t"].sort((one, other) => first.split(other).length - first.split(one).length)[0];
  const table = [];
  let line = [""];
  let quoted = false;
  for (let at = 0; at < csv.length; at += 1) {
    const sign = csv[at];
    if (quoted && sign === '"' && csv[at + 1] === '"') line[line.length - 1] += csv[(at += 1)];
    else if (sign === '"') quoted = !quoted;
    else if (quoted) line[line.length - 1] += sign;
    else if (sign === between) line.push("");
    else if (sign === "\n") table.push(line.splice(0, line.length, ""));
    else if (sign !== "\r") line[line.length - 1] += sign;
  }
  table.push(line);
  return table.filter((one) => one.some((cell) => cell.trim()));
}
