/** As far as a list is paged through: who wants more, filters. */
const PAGES_MAX = 200;

/** The page an address asks for, from 0; nonsense is the first. */
export function pageNumber(asked: string | string[] | undefined): number {
  const page = Number(Array.isArray(asked) ? asked[0] : (asked ?? 0));
  return Number.isInteger(page) && page > 0 && page < PAGES_MAX ? page : 0;
}
