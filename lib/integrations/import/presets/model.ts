import type { DayOrder, Field, Kind, Mapping } from "../model";
import { FIELDS_OF } from "../model";

/** The export of a system people come from: what it calls its columns. */
type Preset = {
  readonly id: string;
  readonly kinds: readonly Kind[];
  readonly dayOrder: DayOrder;
  readonly names: Readonly<Partial<Record<Field, readonly string[]>>>;
};

const PRESETS: readonly Preset[] = [
  {
    id: "kolo",
    kinds: ["members", "balances"],
    dayOrder: "dmy",
    names: {
      external: ["id"],
      name: ["name"],
      phone: ["phone"],
      email: ["email"],
      birthDate: ["birth date"],
      gender: ["gender"],
      note: ["note"],
      joinedOn: ["date created"],
      points: ["points"],
    },
  },
  {
    id: "uds",
    kinds: ["members", "balances"],
    dayOrder: "dmy",
    names: {
      external: ["id", "id клиента", "uds id", "customer id", "participant id"],
      name: ["имя", "фио", "имя клиента", "displayname", "display name"],
      phone: ["телефон", "номер телефона", "phone"],
      email: ["email", "e-mail", "почта"],
      birthDate: ["дата рождения", "день рождения", "birthdate", "birth date"],
      gender: ["пол", "gender"],
      joinedOn: ["дата регистрации", "дата вступления", "datecreated", "date created"],
      points: ["баллы", "баланс", "баланс баллов", "количество баллов", "points"],
    },
  },
  {
    id: "yclients",
    kinds: ["members", "balances", "purchases"],
    dayOrder: "dmy",
    names: {
      external: ["id клиента", "id client", "client id", "номер карты", "№ карты"],
      name: ["клиент", "имя", "имя клиента", "client", "client name"],
      phone: ["телефон", "телефон клиента", "номер телефона", "client phone"],
      email: ["email", "e-mail", "email клиента"],
      birthDate: ["дата рождения", "birthday"],
      gender: ["пол", "gender"],
      note: ["комментарий", "примечание", "comment"],
      joinedOn: ["дата добавления", "первый визит", "first visit"],
      points: ["баланс карты", "бонусы", "баланс", "баллы"],
      date: ["дата визита", "дата", "дата записи", "visit date"],
      time: ["время", "время визита"],
      receipt: ["id визита", "id записи", "номер визита", "visit id", "record id"],
      item: ["услуга", "услуги", "услуга/товар", "товар", "service"],
      category: ["категория", "категория услуги", "категория услуг"],
      quantity: ["количество", "кол-во", "quantity"],
      amount: ["стоимость", "к оплате", "стоимость услуги", "итоговая стоимость", "cost"],
      total: ["оплачено", "сумма", "сумма визита", "paid"],
    },
  },
  {
    id: "square",
    kinds: ["members", "purchases"],
    dayOrder: "mdy",
    names: {
      external: ["square customer id", "customer id", "reference id"],
      name: ["first name", "customer name"],
      lastName: ["last name", "surname"],
      phone: ["phone number", "customer phone number"],
      email: ["email address", "customer email"],
      birthDate: ["birthday"],
      note: ["memo"],
      joinedOn: ["created at", "first visit"],
      points: ["loyalty balance", "points balance"],
      date: ["date"],
      time: ["time"],
      receipt: ["transaction id", "payment id"],
      item: ["item"],
      category: ["category"],
      quantity: ["qty"],
      amount: ["net sales", "gross sales"],
      total: ["total collected"],
    },
  },
  {
    id: "stamps",
    kinds: ["members", "balances"],
    dayOrder: "dmy",
    names: {
      external: [
        "card",
        "card no",
        "card number",
        "карта",
        "номер карты",
        "№ карты",
        "картка",
        "номер картки",
        "№ картки",
      ],
      name: ["name", "customer", "имя", "клиент", "ім'я", "клієнт"],
      phone: ["phone", "mobile", "телефон"],
      email: ["email", "e-mail"],
      points: ["stamps", "points", "balance", "штампы", "баллы", "баланс", "печатки", "бали", "штампи"],
    },
  },
  {
    id: "purchases",
    kinds: ["purchases"],
    dayOrder: "dmy",
    names: {
      external: [
        "customer",
        "customer id",
        "customer_id",
        "client",
        "id",
        "клиент",
        "покупатель",
        "клієнт",
        "покупець",
      ],
      phone: ["phone", "телефон"],
      email: ["email", "e-mail"],
      name: ["name", "имя", "ім'я"],
      date: ["date", "purchase date", "дата", "дата покупки"],
      time: ["time", "время", "час"],
      total: ["amount", "total", "sum", "dollars", "сумма", "сума"],
      receipt: ["receipt", "receipt number", "чек", "номер чека"],
      item: ["item", "product", "service", "товар", "услуга", "послуга"],
      category: ["category", "категория", "категорія"],
      quantity: ["quantity", "qty", "количество", "кількість"],
    },
  },
];

/** The systems whose exports of a kind are known. */
export const presetsFor = (kind: Kind): string[] =>
  PRESETS.filter(({ kinds }) => kinds.includes(kind)).map(({ id }) => id);

const plain = (text: string) =>
  text.toLowerCase().replaceAll("ё", "е").replaceAll("’", "'").replace(/\s+/g, " ").trim();

/** Where a system's columns stand under this header. */
export function columnsBy(id: string, kind: Kind, header: readonly string[]): Partial<Record<Field, number>> {
  const preset = PRESETS.find((one) => one.id === id);
  const titles = header.map(plain);
  const taken = new Set<number>();
  const columns: Partial<Record<Field, number>> = {};
  for (const field of FIELDS_OF[kind]) {
    for (const name of preset?.names[field] ?? []) {
      const at = titles.findIndex((title, no) => title === plain(name) && !taken.has(no));
      if (at < 0) continue;
      columns[field] = at;
      taken.add(at);
      break;
    }
  }
  // Without things bought there are no parts of a bill: what a line costs is the bill.
  if (columns.amount !== undefined && columns.item === undefined) {
    columns.total ??= columns.amount;
    delete columns.amount;
  }
  return columns;
}

type Guess = Pick<Mapping, "columns" | "hasHeader" | "dayOrder"> & { readonly preset: string | null };

/** What the columns of a file probably are, by their titles or, without any, by what stands in them. */
export function guess(kind: Kind, sample: readonly (readonly string[])[]): Guess {
  const [header = []] = sample;
  const scored = PRESETS.filter(({ kinds }) => kinds.includes(kind)).map((preset) => {
    const columns = columnsBy(preset.id, kind, header);
    return { preset, columns, score: Object.keys(columns).length };
  });
  const [best] = scored.toSorted((a, b) => b.score - a.score);
  if (best && best.score > 0)
    return { preset: best.preset.id, columns: best.columns, hasHeader: true, dayOrder: best.preset.dayOrder };
  // A file of numbers and dates alone begins at once.
  const hasHeader = header.length > 0 && header.every((cell) => /\p{L}/u.test(cell));
  return { preset: null, columns: hasHeader ? {} : byContent(kind, header), hasHeader, dayOrder: "dmy" };
}

/** Columns without titles: the first day is the date, the last amount after it the bill, the first number the customer. */
function byContent(kind: Kind, cells: readonly string[]): Partial<Record<Field, number>> {
  if (kind !== "purchases") return {};
  const date = cells.findIndex((cell) =>
    /^(19|20)\d{2}-?\d{2}-?\d{2}\b|^\d{1,2}[./]\d{1,2}[./]\d{2,4}\b/.test(cell),
  );
  const total = cells.findLastIndex((cell, at) => at !== date && /^\d+([.,]\d{1,2})?$/.test(cell));
  const external = cells.findIndex((_, at) => at !== date && at !== total);
  if (date < 0 || total <= 0 || external < 0) return {};
  return { external, date, total };
}

/** In which order a system writes days. */
export const dayOrderOf = (id: string): DayOrder => PRESETS.find((one) => one.id === id)?.dayOrder ?? "dmy";
