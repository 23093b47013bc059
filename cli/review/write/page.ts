/** Text of limited length. */
export class Page {
  private readonly lines: string[] = [];
  private room: number;

  constructor(room: number) {
    this.room = room;
  }

  get left(): number {
    return this.room;
  }

  /** Adds all of the lines, or none if they do not fit. */
  add(...lines: readonly string[]): boolean {
    const length = lines.reduce((sum, line) => sum + line.length + 1, 0);
    if (length > this.room) return false;
    this.lines.push(...lines);
    this.room -= length;
    return true;
  }

  /** Adds lines that must appear. The page was created with space reserved for them. */
  close(...lines: readonly string[]): void {
    this.lines.push(...lines);
  }

  /** Adds as many of the lines as fit, and returns how many do not. */
  addSome(lines: Iterable<string>, most = Number.POSITIVE_INFINITY): number {
    let [written, left] = [0, 0];
    for (const line of lines) {
      if (left === 0 && written < most && this.add(line)) written++;
      else left++;
    }
    return left;
  }

  toString(): string {
    return this.lines.length === 0 ? "" : `${this.lines.join("\n")}\n`;
  }
}
