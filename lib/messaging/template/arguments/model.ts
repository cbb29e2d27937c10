/** Finds the arguments of an ICU message without a parser's weight; browser-safe. */
export type Argument = { readonly name: string; readonly type: string | null };

const NAME = /^[A-Za-z]\w{0,39}$/;
const OPTIONS = new Set(["select", "plural", "selectordinal"]);
const QUOTABLE = new Set(["{", "}", "<", ">", "#", "|"]);

/** The arguments of a message, each once; nothing where braces do not close or a name is none. */
export function argumentsOf(text: string): Argument[] | undefined {
  const reader = new Reader(text);
  return reader.message(false) && reader.isAtEnd ? [...reader.found.values()] : undefined;
}

class Reader {
  readonly found = new Map<string, Argument>();
  #at = 0;
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  /** Reads to the end, or to the brace that closes a nested message. */
  message(isNested: boolean): boolean {
    while (!this.isAtEnd) {
      const char = this.#text[this.#at];
      if (char === "}") return isNested;
      if (char === "'") this.#quoted();
      else if (char === "{") {
        if (!this.#argument()) return false;
      } else this.#at += 1;
    }
    return !isNested;
  }

  /** An apostrophe before a brace begins literal text that the next apostrophe ends; else it is an apostrophe. */
  #quoted(): void {
    const next = this.#text[this.#at + 1];
    if (next === "'") this.#at += 2;
    else if (next !== undefined && QUOTABLE.has(next)) {
      const end = this.#text.indexOf("'", this.#at + 2);
      this.#at = end < 0 ? this.#text.length : end + 1;
    } else this.#at += 1;
  }

  #argument(): boolean {
    this.#at += 1;
    const name = this.#until(",}").trim();
    if (!NAME.test(name)) return false;
    const type = this.#text[this.#at] === "," ? this.#type() : null;
    this.found.set(name, { name, type });
    if (type !== null && OPTIONS.has(type)) {
      if (!this.#options()) return false;
    } else this.#until("}");
    if (this.#text[this.#at] !== "}") return false;
    this.#at += 1;
    return true;
  }

  #type(): string {
    this.#at += 1;
    return this.#until(",}").trim();
  }

  #options(): boolean {
    if (this.#text[this.#at] !== ",") return false;
    this.#at += 1;
    let hasOther = false;
    while (!this.isAtEnd) {
      const selector = this.#until("{}").trim();
      if (this.#text[this.#at] === "}") return hasOther && selector === "";
      this.#at += 1;
      if (!this.message(true)) return false;
      this.#at += 1;
      hasOther ||= selector.endsWith("other");
    }
    return false;
  }

  #until(stops: string): string {
    const from = this.#at;
    while (!this.isAtEnd && !stops.includes(this.#text[this.#at] ?? "")) this.#at += 1;
    return this.#text.slice(from, this.#at);
  }
}
