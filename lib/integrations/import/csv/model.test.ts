import { describe, expect, test } from "vitest";
import {
  CsvReader,
  csvLine,
  type Separator,
  sniffEncoding,
  sniffSeparator,
  TextReader,
  Unreadable,
} from "./model";

/** Reads a text cut in pieces of every length up to its own: the cut must never show. */
function read(text: string, separator: Separator = ",", step = text.length || 1) {
  const reader = new CsvReader(separator);
  const records = [];
  for (let at = 0; at < text.length; at += step) records.push(...reader.push(text.slice(at, at + step)));
  return [...records, ...reader.end()];
}
const cells = (text: string, separator: Separator = ",") => read(text, separator).map((one) => one.cells);

describe("records", () => {
  const text = 'a,"b, ""c""",d\r\n\r\n1,"two\r\nlines",\n"",x,"y"';
  test("quotes, doubled quotes, line ends in cells, empty lines and cells", () => {
    expect(read(text)).toEqual([
      { line: 1, cells: ["a", 'b, "c"', "d"] },
      { line: 3, cells: ["1", "two\r\nlines", ""] },
      { line: 5, cells: ["", "x", "y"] },
    ]);
  });
  test("come out the same wherever the pieces are cut", () => {
    for (let step = 1; step < text.length; step += 1) expect(read(text, ",", step)).toEqual(read(text));
  });
  test("old line ends, a semicolon, a tab and runs of blanks", () => {
    expect(cells("a;b\rc;d", ";")).toEqual([
      ["a", "b"],
      ["c", "d"],
    ]);
    expect(cells("a\tb\n", "\t")).toEqual([["a", "b"]]);
    expect(cells(" 00004 0001 19970101  2   29.33\n", " ")).toEqual([
      ["00004", "0001", "19970101", "2", "29.33"],
    ]);
  });
  test("a quote inside a plain cell is a sign like any other", () => {
    expect(cells('5" pipe,b')).toEqual([['5" pipe', "b"]]);
  });
});

describe("broken files say where", () => {
  const fault = (run: () => unknown) => {
    try {
      run();
    } catch (error) {
      if (error instanceof Unreadable) return [error.code, error.line];
      throw error;
    }
    return undefined;
  };
  test("text after a closing quote", () => {
    const text = `${"a,b\n".repeat(79_999)}"x"y,b\n`;
    expect(fault(() => read(text))).toEqual(["quote_broken", 80_000]);
  });
  test("a quote never closed, at the line it began", () => {
    expect(fault(() => read('a,b\nc,"d\ne,f\n'))).toEqual(["quote_open", 2]);
    expect(fault(() => read(`a\nb,"${"x".repeat(60_000)}`))).toEqual(["cell_too_long", 2]);
  });
  test("bytes of another encoding", () => {
    const reader = new TextReader("utf-8");
    const bytes = Buffer.concat([Buffer.from("a\nb\n"), Buffer.from([0xcf, 0xf0, 0xe8]), Buffer.from("\n")]);
    expect(fault(() => reader.push(bytes))).toEqual(["encoding_broken", 3]);
  });
});

describe("what a file is", () => {
  test("encodings", () => {
    expect(sniffEncoding(Buffer.from("Имя;Телефон"))).toBe("utf-8");
    expect(sniffEncoding(Buffer.from("Имя").subarray(0, 5))).toBe("utf-8");
    expect(sniffEncoding(Buffer.from([0xc8, 0xec, 0xff, 0x3b]))).toBe("windows-1251");
    expect(sniffEncoding(Buffer.from([0xff, 0xfe, 0x41, 0]))).toBe("utf-16le");
    expect(sniffEncoding(Buffer.from([0x50, 0x4b, 3, 4, 0]))).toBe("xlsx");
    expect(sniffEncoding(Buffer.from([1, 0, 2]))).toBe("binary");
    expect(new TextReader("utf-8").push(Buffer.from("\uFEFFa"))).toBe("a");
    expect(new TextReader("windows-1251").push(Buffer.from([0xc8, 0xec, 0xff]))).toBe("Имя");
  });
  test("separators", () => {
    expect(sniffSeparator("a;b;c\n1,5;2;3\n")).toBe(";");
    expect(sniffSeparator("a,b\n1,2\n")).toBe(",");
    expect(sniffSeparator("a\tb\n1\t2\n")).toBe("\t");
    expect(sniffSeparator(" 00004 0001 19970101  2   29.33\n 00004 0001 19970118  2   29.73\n")).toBe(" ");
  });
});

test("a written line cannot run in a spreadsheet", () => {
  expect(csvLine(["=cmd|' /C calc'!A0", "-1.5", "+380501112233", '@a, "b"', 5n, null])).toBe(
    '\'=cmd|\' /C calc\'!A0,-1.5,+380501112233,"\'@a, ""b""",5,\r\n',
  );
});
