/** A file for a spreadsheet that is written as it is read: never whole in memory. The mark in front tells Excel it is UTF-8. */
export function csvResponse(name: string, lines: () => AsyncGenerator<string>): Response {
  const encoder = new TextEncoder();
  const written = lines();
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode("\uFEFF")),
    pull: async (controller) => {
      const { done, value } = await written.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => {
      await written.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="${name}.csv"`,
      "Cache-Control": "private, no-store",
    },
  });
}
