// Rows are made in groups, when the reader scrolls to them.
const BATCH = 100;

const data = JSON.parse(document.getElementById("data").textContent);
const index = indexChanges(data);
const part = Object.fromEntries(
  ["toolbar", "query", "chosen", "shown", "list", "more", "nothing", "clear"].map(
    (id) => [id, document.getElementById(id)]));
const links = new Map(
  [...document.querySelectorAll("[data-key]")].map((link) => [link.dataset.key, link]));
const toggles = [...document.querySelectorAll("[data-severity]")];
const inWords = (number) => number.toLocaleString("en");

let state = readState();
let shown = [];
let made = 0;

function show() {
  const found = filterChanges(index, state);
  shown = found.shown;
  part.list.replaceChildren();
  made = 0;
  addRows();
  part.nothing.hidden = shown.length > 0;
  part.shown.textContent =
    `${inWords(shown.length)} of ${inWords(index.length)} changes shown`;
  if (part.query.value !== state.query) part.query.value = state.query;
  for (const toggle of toggles) {
    const name = toggle.dataset.severity;
    toggle.setAttribute("aria-pressed", state.severities.has(name));
    toggle.querySelector(".number").textContent = inWords(found.numbers[name]);
  }
  showResources(found.resources);
}

function showResources(reached) {
  for (const [key, link] of links) {
    const isChosen = key === state.resource;
    if (isChosen) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
    link.closest("tr").classList.toggle("dim", !reached.has(key) && !isChosen);
  }
  part.chosen.hidden = !state.resource;
  part.chosen.textContent = `${nameResource(state.resource)} ×`;
  part.chosen.setAttribute("aria-label", `Stop filtering by ${state.resource}`);
}

function nameResource(key) {
  const service = data.services.find((name) => key.startsWith(`${name}/`));
  return service === undefined ? key : key.slice(service.length + 1) || service;
}

function addRows() {
  const showService = data.services.length > 1;
  for (const { change, reach } of shown.slice(made, made + BATCH)) {
    const { severity } = change;
    if (severity !== shown[made - 1]?.change.severity) {
      part.list.append(make("li", { class: `group ${severity}` }, severity));
    }
    part.list.append(makeRow(change, { reach, showService }));
    made += 1;
  }
  const left = shown.length - made;
  part.more.hidden = left === 0;
  part.more.textContent = `Show more of ${inWords(left)} further changes`;
}

/** Shows another state, and writes it to the address. */
function change(difference, { replace = false } = {}) {
  state = { ...state, ...difference };
  const address = writeState(state);
  // Typing replaces the address, so that Back does not return letter by letter.
  if (replace) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  show();
}

part.query.addEventListener("input", () => {
  change({ query: part.query.value }, { replace: true });
});
for (const toggle of toggles) {
  toggle.addEventListener("click", () => {
    const severities = new Set(SEVERITIES.filter((name) =>
      state.severities.has(name) !== (name === toggle.dataset.severity)));
    change({ severities });
  });
}
for (const [key, link] of links) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    change({ resource: state.resource === key ? "" : key });
    // On a narrow page the list is below the resources: scroll to show that it changed.
    if (part.toolbar.getBoundingClientRect().top > innerHeight / 2) {
      part.toolbar.scrollIntoView({ block: "start" });
    }
  });
}
part.chosen.addEventListener("click", () => {
  change({ resource: "" });
  part.query.focus();
});
part.clear.addEventListener("click", () => {
  change({ query: "", severities: new Set(SEVERITIES), resource: "" });
  part.query.focus();
});
part.more.addEventListener("click", addRows);
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.target.closest("input")) return;
  event.preventDefault();
  part.query.focus();
});
const again = () => {
  state = readState();
  show();
};
addEventListener("popstate", again);
addEventListener("hashchange", again);
new IntersectionObserver((entries) => {
  if (entries.some((entry) => entry.isIntersecting)) addRows();
}, { rootMargin: "600px" }).observe(part.more);

part.toolbar.hidden = false;
show();
