/** A person's document as a file to keep: nobody's cache holds it. */
export function jsonFile(name: string, json: string): Response {
  return new Response(json, {
    headers: {
      "Content-Type": "application/json; charset=utf-8",
      "Content-Disposition": `attachment; filename="${name}.json"`,
      "Cache-Control": "private, no-store",
    },
  });
}
