const MOST_LINES = 30;

/** The message of a failed assertion: a head, then the lines of each section that has any. */
export function failureText(head: string, sections: { readonly [title: string]: readonly string[] }): string {
  const lines = Object.entries(sections).flatMap(([title, all]) => {
    if (all.length === 0 && title !== "rules") return [];
    const shown = all.slice(0, MOST_LINES).map((line) => `  ${line}`);
    const more = all.length > MOST_LINES ? [`  and ${all.length - MOST_LINES} more`] : [];
    return [`${title}:`, ...(all.length === 0 ? ["  none"] : [...shown, ...more])];
  });
  return [head, "", ...lines].join("\n");
}
