import { getTranslations } from "next-intl/server";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader, CardTitle } from "@/components/ui/card";
import { Table, TableBody, TableHead, TableRow, Td, Th } from "@/components/ui/table";
import type { Tried } from "@/lib/journeys";
import type { Formats } from "@/lib/platform/i18n/format";

/** What was tried against what: first in a sentence, then each branch with its people. */
export async function ExperimentsTable({ experiments, f }: { experiments: readonly Tried[]; f: Formats }) {
  const [t, metric] = await Promise.all([
    getTranslations("journeys.report.ab"),
    getTranslations("journeys.metric"),
  ]);
  const share = ({ n, x }: Tried["arms"][number]) => (n === 0 ? "—" : f.percent(x / n, 1));
  return experiments.map((one) => {
    const won = one.arms.find(({ id }) => id === one.winner);
    return (
      <Card key={one.id}>
        <CardHeader>
          <CardTitle>{t("title")}</CardTitle>
        </CardHeader>
        <CardBody className="overflow-x-auto">
          <p className="pb-3">
            {won ? t("won", { name: won.label, share: share(won) }) : t("open", { n: one.leastPerArm })}
          </p>
          <Table label={t("title")}>
            <TableHead>
              <TableRow>
                <Th>{t("branch")}</Th>
                <Th numeric>{t("people")}</Th>
                <Th numeric>{metric(one.metric)}</Th>
                <Th numeric>{t("share")}</Th>
              </TableRow>
            </TableHead>
            <TableBody>
              {one.arms.map((arm) => (
                <TableRow key={arm.id}>
                  <Td className="font-medium">
                    {arm.label} {arm.id === one.winner && <Badge tone="success">{t("winner")}</Badge>}
                  </Td>
                  <Td numeric>{f.count(arm.n)}</Td>
                  <Td numeric>{f.count(arm.x)}</Td>
                  <Td numeric>{share(arm)}</Td>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </CardBody>
      </Card>
    );
  });
}
