import { Table, TableBody, TableHead, TableRow, Td, Th } from "@/components/ui/table";

/** The first rows of a file, under their titles. */
export function SampleTable({
  sample,
  titles,
  hasHeader,
  label,
}: {
  sample: readonly (readonly string[])[];
  titles: readonly string[];
  hasHeader: boolean;
  label: string;
}) {
  const rows = hasHeader ? sample.slice(1) : sample;
  return (
    <div className="overflow-hidden rounded-lg border">
      <Table label={label}>
        <TableHead>
          <TableRow>
            {titles.map((title, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a column's place is its identity
              <Th key={at}>{title}</Th>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map((cells, no) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row's place is its identity
            <TableRow key={no}>
              {titles.map((_, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a column's place is its identity
                <Td key={at} className="max-w-56 truncate">
                  {cells[at] ?? ""}
                </Td>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
