/**
 * Names for the constants of a program: `webServers` for `web-servers`.
 *
 * @param called names by id; something without a name has its id instead
 */
export function constantNames(called: ReadonlyMap<string, string>): Map<string, string> {
  const taken = new Set(RESERVED);
  const names = new Map<string, string>();
  for (const [id, name] of called) {
    const free = freeName(camelCase(name), taken);
    taken.add(free);
    names.set(id, free);
  }
  return names;
}

/** Long enough to be clear, and short enough to fit twice on a line. */
const LONGEST = 20;

/** Converts to camel case, up to a maximum length. Adds a prefix before a digit, because no name can begin with one. */
function camelCase(name: string): string {
  const words = name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+/g) ?? [];
  const [first = "group", ...others] = words.map((word) => word.toLowerCase());
  const rest = others.map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  let result = /^[0-9]/.test(first) ? `group${first}` : first;
  for (const word of rest) {
    if (result.length + word.length > LONGEST) break;
    result += word;
  }
  return result.slice(0, LONGEST);
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  if (!taken.has(`${name}Group`)) return `${name}Group`;
  for (let number = 2; ; number++) {
    if (!taken.has(`${name}${number}`)) return `${name}${number}`;
  }
}

/** Reserved words, and names that the generated programs already import or use. */
const RESERVED = new Set(
  (
    "abstract allow any arguments as async await boolean break case catch class config console const continue " +
    "debugger default delete do else enum eval exports export extends false finally for from function get global if implements " +
    "import in instanceof interface let module name namespace never new null number object of package private process " +
    "protected public pulumi require return set static string super switch symbol this throw true try type " +
    "typeof undefined unknown var void while with yield"
  ).split(" "),
);
