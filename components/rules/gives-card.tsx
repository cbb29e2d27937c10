"use client";
import { Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader, CardTitle } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import { type Gives, type GivesKind, NO_CAPS, type RuleBody, unitOf } from "@/lib/program/model";
import { useEditing } from "./edit-context";
import { RateField, RuleNumber } from "./fields";
import { Findings } from "./findings";

const KINDS = [
  ["earn", ["times", "rate", "extra", "points"]],
  ["off", ["discount", "off", "bands"]],
  ["guard", ["exclude", "share"]],
] as const satisfies readonly (readonly [string, readonly GivesKind[]])[];
const BANDS_MAX = 10;

/** What each kind gives before anybody said how much. */
const FRESH: { readonly [K in GivesKind]: Extract<Gives, { is: K }> | Gives } = {
  times: { is: "times", bps: 20_000 },
  rate: { is: "rate", bps: 1_000 },
  extra: { is: "extra", bps: 500 },
  points: { is: "points", points: 10_000n, per: "bill" },
  discount: { is: "discount", bps: 1_000 },
  off: { is: "off", minor: 10_000n },
  bands: { is: "bands", bands: [{ fromMinor: 1_000_000n, bps: 300 }] },
  exclude: { is: "exclude", earning: true, paying: true, discounts: false },
  share: { is: "share", bps: 5_000 },
};

/** What the rule gives. */
export function GivesCard() {
  const t = useTranslations("rules.edit");
  const { body, change } = useEditing();
  const { gives } = body;
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("gives")}</CardTitle>
      </CardHeader>
      <CardBody className="grid items-start gap-4 sm:grid-cols-2">
        <Field label={t("givesWhat")} hint={t(`givesHint.${gives.is}`)}>
          <Select
            value={gives.is}
            onChange={(event) => {
              const picked = KINDS.flatMap(([, kinds]) => [...kinds]).find(
                (one) => one === event.target.value,
              );
              if (picked) change(switched(body, FRESH[picked]));
            }}
          >
            {KINDS.map(([group, kinds]) => (
              <optgroup key={group} label={t(`givesGroup.${group}`)}>
                {kinds.map((kind) => (
                  <option key={kind} value={kind}>
                    {t(`givesKind.${kind}`)}
                  </option>
                ))}
              </optgroup>
            ))}
          </Select>
        </Field>
        <div className="grid content-start gap-4">
          <GivesFields key={gives.is} gives={gives} />
        </div>
        <Findings place="gives" className="sm:col-span-2" />
      </CardBody>
    </Card>
  );
}

/** Limits in points mean nothing for money, and the other way round. */
function switched(body: RuleBody, gives: Gives): Partial<RuleBody> {
  const isSame = unitOf(gives.is) === unitOf(body.gives.is);
  const { timesPerDay, timesPerMonth, timesEver } = body.caps;
  return {
    gives,
    caps: isSame ? body.caps : { ...NO_CAPS, timesPerDay, timesPerMonth, timesEver },
    livesDays: isSame && gives.is !== "rate" ? body.livesDays : null,
    group: gives.is === "exclude" ? null : body.group,
  };
}

function GivesFields({ gives }: { gives: Gives }) {
  const t = useTranslations("rules.edit");
  const { unit, change } = useEditing();
  switch (gives.is) {
    case "times":
      return (
        <RuleNumber
          field="gives"
          label={t("times")}
          unit="×"
          min={101n}
          max={1_000n}
          value={BigInt(gives.bps) / 100n}
          onValue={(times) => times !== null && change({ gives: { ...gives, bps: Number(times) * 100 } })}
        />
      );
    case "points":
      return (
        <>
          <RuleNumber
            field="gives"
            label={t("points")}
            value={gives.points}
            onValue={(points) => points !== null && change({ gives: { ...gives, points } })}
          />
          <Segmented
            name="per"
            legend={t("per")}
            value={gives.per}
            onValueChange={(per) => change({ gives: { ...gives, per } })}
            options={[
              { value: "bill", label: t("perBill") },
              { value: "unit", label: t("perUnit") },
            ]}
          />
        </>
      );
    case "off":
      return (
        <RuleNumber
          field="gives"
          label={t("amount")}
          unit={unit}
          value={gives.minor}
          onValue={(minor) => minor !== null && change({ gives: { ...gives, minor } })}
        />
      );
    case "bands":
      return <BandsFields gives={gives} />;
    case "exclude":
      return (
        <fieldset>
          <legend className="mb-1.5 text-sm font-medium">{t("excludeWhat")}</legend>
          {(["earning", "paying", "discounts"] as const).map((what) => (
            <Checkbox
              key={what}
              label={t(`exclude.${what}`)}
              checked={gives[what]}
              onChange={(event) => {
                const next = { ...gives, [what]: event.target.checked };
                if (next.earning || next.paying || next.discounts) change({ gives: next });
              }}
            />
          ))}
        </fieldset>
      );
    case "rate":
    case "extra":
    case "discount":
    case "share":
      return (
        <RateField
          field="gives"
          label={t("rate")}
          bps={gives.bps}
          onBps={(bps) => change({ gives: { ...gives, bps } })}
        />
      );
  }
}

function BandsFields({ gives }: { gives: Extract<Gives, { is: "bands" }> }) {
  const t = useTranslations("rules.edit");
  const { unit, change } = useEditing();
  const { bands } = gives;
  const put = (next: typeof bands) => change({ gives: { ...gives, bands: next } });
  const last = bands.at(-1);
  return (
    <>
      {bands.map((band, index) => (
        // Bands have no name of their own; their number says when one went.
        // oxlint-disable-next-line react/no-array-index-key -- steps have no names of their own
        <div key={`${bands.length} ${index}`} className="flex items-end gap-2">
          <div className="grid min-w-0 flex-1 grid-cols-2 gap-3">
            <RuleNumber
              field={`bands.${index}.from`}
              label={t("bandFrom")}
              unit={unit}
              min={0n}
              value={band.fromMinor}
              onValue={(fromMinor) =>
                fromMinor !== null &&
                put(bands.map((one, at) => (at === index ? { ...one, fromMinor } : one)))
              }
            />
            <RateField
              field={`bands.${index}.rate`}
              label={t("bandRate")}
              bps={band.bps}
              onBps={(bps) => put(bands.map((one, at) => (at === index ? { ...one, bps } : one)))}
            />
          </div>
          {bands.length > 1 && (
            <Button
              variant="ghost"
              icon
              aria-label={t("removeBand", { number: index + 1 })}
              onClick={() => put(bands.filter((_, at) => at !== index))}
            >
              <X aria-hidden="true" />
            </Button>
          )}
        </div>
      ))}
      {bands.length < BANDS_MAX && last && (
        <Button
          variant="ghost"
          size="sm"
          className="justify-self-start"
          onClick={() =>
            put([...bands, { fromMinor: last.fromMinor * 2n, bps: Math.min(10_000, last.bps + 200) }])
          }
        >
          <Plus aria-hidden="true" />
          {t("addBand")}
        </Button>
      )}
    </>
  );
}
