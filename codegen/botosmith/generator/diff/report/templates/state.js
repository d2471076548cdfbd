const SEVERITIES = ["breaking", "compatible", "documentation"];

/** Returns the state in the address: `#q=tag&severity=breaking&resource=…`. */
function readState() {
  const asked = new URLSearchParams(location.hash.slice(1));
  const severities = asked.get("severity")?.split(",") ?? SEVERITIES;
  return {
    query: asked.get("q") ?? "",
    severities: new Set(SEVERITIES.filter((name) => severities.includes(name))),
    resource: asked.get("resource") ?? "",
  };
}

/** Returns the address of a state; a missing parameter stands for everything. */
function writeState({ query, severities, resource }) {
  const asked = new URLSearchParams();
  if (query) asked.set("q", query);
  if (severities.size < SEVERITIES.length) asked.set("severity", [...severities].join());
  if (resource) asked.set("resource", resource);
  return `#${asked}`;
}

/** Returns the changes with the texts to search, once for each list of operations. */
function indexChanges({ changes, reaches }) {
  const reached = reaches.map(({ operations }) => operations.join("\n").toLowerCase());
  return changes.map((change) => {
    const own = [
      change.service, change.kind, change.action, change.old, change.new, change.reason,
      change.before, change.after, ...change.names.flat(), ...change.contents,
    ];
    return {
      change,
      reach: reaches[change.reach],
      text: own.filter((text) => text !== null).join("\n").toLowerCase(),
      operations: reached[change.reach],
    };
  });
}

/** Returns the entries that a state shows, and the number of each severity. */
function filterChanges(index, { query, severities, resource }) {
  const words = query.toLowerCase().split(/\s+/u).filter((word) => word);
  const found = {
    shown: [],
    numbers: Object.fromEntries(SEVERITIES.map((name) => [name, 0])),
    resources: new Set(),
  };
  for (const entry of index) {
    const { change, reach, text, operations } = entry;
    if (!words.every((word) => text.includes(word) || operations.includes(word))) continue;
    const isOn = severities.has(change.severity);
    if (isOn) [change.service, ...reach.resources].forEach((key) => found.resources.add(key));
    const isChosen = change.service === resource || reach.resources.includes(resource);
    if (resource && !isChosen) continue;
    found.numbers[change.severity] += 1;
    if (isOn) found.shown.push(entry);
  }
  return found;
}
