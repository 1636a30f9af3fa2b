const grades = ["K", ...Array.from({ length: 12 }, (_, index) => String(index + 1))];
const kinds = { http: "HTTP", grpc: "gRPC", message: "message", job: "queue" };
const mostKept = 60;
const mostLooks = 40;
const lookMs = 300;

const at = (id) => document.getElementById(id);

/** An element with these children; texts are texts, whatever is in them. */
function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

const scene = await (await fetch("/api/scene")).json();
let chosen = scene.districts[0];
let turns = 0;
let asks = 0;
let shown = 0;

showConsole();
showDistricts();
showLanes();
showForgeries();
at("add").grade.append(...grades.map((grade) => new Option(grade, grade, grade === "7", grade === "7")));
at("add").addEventListener("submit", (event) => {
  event.preventDefault();
  const { first_name, last_name, grade } = Object.fromEntries(new FormData(event.target));
  void ask({ do: "add", first_name, last_name, grade }).then(list);
});
at("list").addEventListener("click", () => void list());
follow();
await list();

function showConsole() {
  const { url, email, password } = scene.console;
  at("console").append(
    element("a", { href: url, target: "_blank" }, "The console"),
    ": sign in as ",
    element("code", {}, email),
    " with ",
    element("code", {}, password),
  );
}

function showDistricts() {
  for (const district of scene.districts) {
    const radio = element("input", { type: "radio", name: "district", value: district.slug });
    radio.checked = district === chosen;
    radio.addEventListener("change", () => {
      chosen = district;
      at("students").replaceChildren();
      void list();
    });
    const label = element("label", { className: district.slug }, radio, district.name);
    label.append(element("small", {}, district.home));
    at("districts").append(label);
  }
}

function showLanes() {
  const refused = { slug: "refused", name: "Refused", home: "in no tenant" };
  for (const { slug, name, home } of [...scene.districts, refused]) {
    const lane = element(
      "div",
      { className: `lane ${slug}` },
      element("h3", {}, name),
      element("small", {}, home),
    );
    lane.append(element("ol", { id: `lane-${slug}`, tabIndex: 0, ariaLabel: `Landed: ${name}` }));
    at("lanes").append(lane);
  }
}

function showForgeries() {
  for (const { name, label, about } of scene.forgeries) {
    const button = element("button", { type: "button" }, label);
    button.addEventListener("click", () => void ask({ do: "forge", forgery: name }));
    at("forgeries").append(element("li", {}, button, element("span", {}, about)));
  }
}

/** What was asked for last is what is shown, whichever answer is the last to come. */
async function list() {
  const turn = ++turns;
  const { students } = (await ask({ do: "list" })).body ?? {};
  const { results } = (await ask({ do: "results" })).body ?? {};
  if (turn === turns) showStudents(students ?? [], results ?? []);
}

function showStudents(students, results) {
  const rows = students.map(({ id, first_name, last_name, grade }) => {
    const scores = results.filter(({ student_id }) => student_id === id);
    const assess = element("button", { type: "button" }, "Assess");
    assess.addEventListener("click", () => void assessOne(id));
    return element(
      "tr",
      {},
      element("td", {}, `${first_name} ${last_name}`),
      element("td", {}, grade),
      element("td", {}, scores.map(({ subject, score }) => `${subject} ${score}`).join(", ") || "none"),
      element("td", {}, assess),
    );
  });
  const none = element("tr", {}, element("td", { colSpan: 4, className: "quiet" }, "No students yet."));
  at("students").replaceChildren(...(rows.length > 0 ? rows : [none]));
}

/** The result comes with a message: the page looks for it until it is there. */
async function assessOne(student) {
  const before = await resultsOf(student);
  const { status } = await ask({ do: "assess", student_id: student, subject: at("subject").value });
  const district = chosen;
  for (let look = 0; status === 202 && look < mostLooks && district === chosen; look++) {
    if ((await resultsOf(student)) > before) return list();
    await new Promise((resolve) => setTimeout(resolve, lookMs));
  }
}

async function resultsOf(student) {
  const { results = [] } = (await ask({ do: "results" })).body ?? {};
  return results.filter(({ student_id }) => student_id === student).length;
}

/** What was pressed last is what stays on the page, whichever answer is the last to come. */
async function ask(asked) {
  const mine = asked.do === "results" ? 0 : ++asks;
  const answer = await fetch("/api/requests", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...asked, district: chosen.slug }),
  });
  const exchange = await answer.json();
  if (!answer.ok) showFailure(exchange.error);
  // Looking at the results belongs to what was pressed before it.
  else if (mine > shown) {
    shown = mine;
    showExchange(exchange);
  }
  return exchange;
}

function showFailure(sentence) {
  at("exchange").className = "refused";
  at("exchange").replaceChildren(element("p", {}, sentence));
}

function showExchange({ request, curl, status, body, refusal, explain }) {
  const said = refusal ? `${status} ${refusal.code}` : String(status);
  const copy = element("button", { type: "button" }, "Copy as curl");
  copy.addEventListener("click", () => void navigator.clipboard.writeText(curl));
  const bar = element("div", { className: "bar" }, copy);
  if (explain) bar.append(element("a", { href: explain, target: "_blank" }, "Why? See it explained"));
  const headers = request.headers.map(([name, value]) => `${name}: ${value}`);
  at("exchange").className = refusal ? "refused" : chosen.slug;
  at("exchange").replaceChildren(
    element("div", {}, element("strong", {}, said), ` ${refusal ? refusal.detail : "served"}`),
    element("pre", {}, [request.line, ...headers].join("\n")),
    element("pre", {}, JSON.stringify(body, null, 2)),
    bar,
  );
}

/** Where the services say that something landed. */
function follow() {
  const source = new EventSource("/api/landings");
  source.addEventListener("message", ({ data }) => landed(JSON.parse(data)));
}

function landed({ service, transport, what, tenant, decidedBy, refused }) {
  const district = scene.districts.find(({ id }) => id === tenant);
  const lane = at(`lane-${district ? district.slug : "refused"}`);
  const why = refused ?? `decided by ${decidedBy}`;
  lane.prepend(
    element(
      "li",
      {},
      element("b", {}, `${kinds[transport]} `),
      what,
      element("small", {}, `${service}, ${why}`),
    ),
  );
  while (lane.children.length > mostKept) lane.lastChild.remove();
}
