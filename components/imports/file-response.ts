const encoder = new TextEncoder();

/** A file that is written as it is read: never whole in memory. */
function fileResponse(name: string, type: string, parts: AsyncGenerator<Uint8Array>): Response {
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { done, value } = await parts.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
    cancel: async () => {
      await parts.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      "Content-Type": type,
      "Content-Disposition": `attachment; filename="${name}"`,
      "Cache-Control": "private, no-store",
    },
  });
}

/** Lines for a spreadsheet. The mark in front tells Excel it is UTF-8. */
export function csvResponse(name: string, lines: () => AsyncGenerator<string>): Response {
  const parts = async function* () {
    yield encoder.encode("\uFEFF");
    for await (const line of lines()) yield encoder.encode(line);
  };
  return fileResponse(`${name}.csv`, "text/csv; charset=utf-8", parts());
}

/** A workbook of a spreadsheet. */
export const xlsxResponse = (name: string, parts: AsyncGenerator<Uint8Array>): Response =>
  fileResponse(`${name}.xlsx`, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", parts);
