/** Returns an element; text children are never read as HTML. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** Returns the row of a change. Its details are made when it is opened. */
function makeRow(change, { reach, showService }) {
  const row = make("details", { class: change.severity },
    make("summary", {},
      make("span", { class: "what" }, make("b", {}, change.action), ` ${change.kind}`),
      make("span", { class: "where" },
        showService ? make("span", { class: "service" }, change.service) : null,
        ...makePlaces(change), makeBrief(change)),
      make("span", { class: "reason" }, makeFirstName(change), change.reason)));
  row.addEventListener("toggle", () => {
    if (row.open && row.childElementCount === 1) row.append(makeBody(change, reach));
  });
  return make("li", {}, row);
}

function makePlaces({ old, new: now }) {
  const places = [...new Set([old, now].filter((place) => place !== null))];
  return places.flatMap((place, index) => {
    // Names of enum values may have dots, such as ml.m5.large.
    const [, path, name] = /^((?:.*?\.(?:members|enum)\.)|(?:.*\.)?)(.*)$/su.exec(place);
    const code = make("code", {}, path, make("b", {}, name));
    return index ? [" → ", code] : [code];
  });
}

/** Returns the values on the change's own line; null if one is too long. */
function makeBrief({ action, before, after }) {
  const fits = [before, after].every((value) => (value ?? "").length <= 32);
  if (action !== "changed" || before === after || !fits) return null;
  return make("span", { class: "brief" }, makeValue(before), " → ", makeValue(after));
}

/** Returns a value, or a word for an empty or missing one. */
function makeValue(value) {
  if (value) return makeCode(value);
  return make("span", { class: "absent" }, value === "" ? "empty" : "nothing");
}

function makeBody(change, reach) {
  const body = make("dl", { class: "body" });
  const add = (title, content) => {
    if (content) body.append(make("dt", {}, title), make("dd", {}, content));
  };
  add("values", makeValues(change));
  add("Python", makeMany(change.names, "Python names", makeName));
  const count = reach.operations.length.toLocaleString("en");
  add("operations", makeMany(reach.operations, `${count} operations`, makeCode)
    ?? "none reaches it");
  add("with it", makeMany(change.contents, "What came or went with it", makeCode));
  return body;
}

const makeCode = (text) => make("code", {}, text);

function makeName([old, now]) {
  if (old === null) return make("span", {}, makeCode(now), " is new");
  if (now === null) return make("span", {}, makeCode(old), " is gone");
  if (old === now) return makeCode(old);
  return make("span", {}, makeCode(old), " → ", makeCode(now));
}

/** Returns the first of the Python names, on the change's own line. */
function makeFirstName({ names }) {
  if (!names.length) return null;
  const name = make("span", { class: "python" }, makeName(names[0]));
  if (names.length > 1) name.append(` (and ${(names.length - 1).toLocaleString("en")} more)`);
  return name;
}

function makeMany(items, label, makeItem) {
  if (!items.length) return null;
  const list = make("ul", { class: "many", "aria-label": label });
  list.append(...items.map((item) => make("li", {}, makeItem(item))));
  // Long lists scroll, and need focus to be scrolled by keyboard.
  if (items.length > 20) list.tabIndex = 0;
  return list;
}

function makeValues({ action, before, after }) {
  if (before === null && after === null) return null;
  const [olds, news] = compareWords(before ?? "", after ?? "");
  const isPair = before !== null && after !== null;
  const makeSide = (title, value, pieces, tag) => {
    if (value === null && action !== "changed") return null;
    const marked = pieces.map((piece) =>
      (piece.kept || !isPair ? piece.text : make(tag, {}, piece.text)));
    const text = make("pre", {}, ...(value ? marked : [makeValue(value)]));
    return make("figure", {}, make("figcaption", {}, title), text);
  };
  return make("div", { class: "values" },
    makeSide("before", before, olds, "del"), makeSide("after", after, news, "ins"));
}
