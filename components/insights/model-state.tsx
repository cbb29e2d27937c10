import { getTranslations } from "next-intl/server";
import { Notice } from "@/components/ui/notice";
import { Table, TableBody, TableHead, TableRow, Td, Th } from "@/components/ui/table";
import { type Decision, NEEDED, type Seen } from "@/lib/insights/model";
import type { Formats } from "@/lib/platform/i18n/format";

const SAMPLE = 5_000;
/** Below this the model leans on what is usual elsewhere. */
const SMALL = 1_000;

/** What the forecast stands on, said as it is: which model, why, or why there is none. */
export async function ModelState({ decision, f }: { decision: Decision; f: Formats }) {
  const t = await getTranslations("insights.model");
  if (decision.state === "too_little")
    return (
      <div className="grid gap-4">
        <Notice tone="info" title={t("tooLittleTitle")}>
          {t("tooLittle")}
        </Notice>
        <NeededTable seen={decision.seen} f={f} />
      </div>
    );
  const { calibration, seen, model, fallback } = decision;
  const told = { expected: f.count(Math.round(calibration.expected)), actual: f.count(calibration.actual) };
  if (decision.state === "withheld")
    return (
      <Notice tone="warning" title={t("withheldTitle")}>
        {t("withheld", told)}
      </Notice>
    );
  return (
    <Notice tone={fallback ? "warning" : "info"}>
      {[
        t("published", {
          name: `${t(`names.${model.counts.kind}`)} + ${t(`names.${model.worth.kind}`)}`,
          customers: seen.customers,
          repeats: seen.repeats,
        }),
        seen.customers >= SAMPLE ? t("sampled") : null,
        seen.customers < SMALL ? t("small") : null,
        fallback ? t(fallback) : null,
        t("calibration", told),
      ]
        .filter(Boolean)
        .join(" ")}
    </Notice>
  );
}

async function NeededTable({ seen, f }: { seen: Seen; f: Formats }) {
  const t = await getTranslations("insights.model.needed");
  const whats = ["customers", "repeaters", "repeats", "days"] as const;
  return (
    <Table label={t("what")} className="text-sm">
      <TableHead>
        <tr>
          <Th>{t("what")}</Th>
          <Th numeric>{t("have")}</Th>
          <Th numeric>{t("need")}</Th>
        </tr>
      </TableHead>
      <TableBody>
        {whats.map((what) => (
          <TableRow key={what}>
            <Td>{t(what)}</Td>
            <Td numeric className={seen[what] < NEEDED[what] ? "text-warning" : "text-success"}>
              {f.count(seen[what])}
            </Td>
            <Td numeric>{f.count(NEEDED[what])}</Td>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

/** The parameters of all fits with their ranges, for who wants to know. */
export async function Parameters({ decision }: { decision: Decision }) {
  const t = await getTranslations("insights.model");
  if (decision.state === "too_little") return null;
  const { fits, model } = decision;
  const shown = [
    ...(["mbg", "bg", "nbd"] as const).map((kind) => ({
      kind,
      fit: fits[kind],
      used: model.counts.kind === kind,
    })),
    ...(fits.spend ? [{ kind: "gamma" as const, fit: fits.spend, used: model.worth.kind === "gamma" }] : []),
  ];
  return (
    <details>
      <summary className="w-fit cursor-pointer text-sm font-medium text-brand">{t("numbers")}</summary>
      <p className="mt-2 text-sm text-faint">{t("numbersText")}</p>
      <dl className="mt-3 grid gap-3 text-sm sm:grid-cols-2">
        {shown.map(({ kind, fit, used }) => (
          <div key={kind} className="rounded-lg border p-3">
            <dt className="font-medium">
              {t(`names.${kind}`)}
              {used && <span className="ml-2 font-normal text-success">{t("used")}</span>}
            </dt>
            <dd className="mt-1 grid gap-0.5 tabular-nums text-muted">
              {Object.entries(fit.model).map(([name, value]) =>
                typeof value === "number" ? (
                  <span key={name}>
                    {name} = {short(value)}{" "}
                    {fit.bounds?.[name] && `(${fit.bounds[name].map(short).join("–")})`}
                  </span>
                ) : null,
              )}
              <span>
                {t("likelihood")}: {fit.logLikelihood.toFixed(1)}
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

const short = (value: number) => (value >= 1_000 ? value.toFixed(0) : value.toPrecision(3));
