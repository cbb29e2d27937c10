import { createWriteStream, existsSync, renameSync, statSync, type WriteStream } from "node:fs";

const BYTES_MAX = 10 * 1024 * 1024;

/** Moves a log that has grown large out of the way, keeping the one before. */
export function rotate(file: string): void {
  if (existsSync(file) && statSync(file).size > BYTES_MAX) renameSync(file, `${file}.1`);
}

/** A log that never takes more than twice its limit. */
export class LogFile {
  readonly #file: string;
  #stream: WriteStream;
  #bytes: number;

  constructor(file: string) {
    rotate(file);
    this.#file = file;
    this.#stream = this.#open();
    this.#bytes = existsSync(file) ? statSync(file).size : 0;
  }

  write(text: string): void {
    this.#stream.write(text);
    this.#bytes += Buffer.byteLength(text);
    if (this.#bytes < BYTES_MAX) return;
    this.#stream.end();
    renameSync(this.#file, `${this.#file}.1`);
    this.#stream = this.#open();
    this.#bytes = 0;
  }

  #open(): WriteStream {
    // A full disk must not end the supervisor: what runs goes on without its log.
    return createWriteStream(this.#file, { flags: "a" }).on("error", () => {});
  }
}
