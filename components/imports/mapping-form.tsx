"use client";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { FailureNotice } from "@/components/office/failure-notice";
import { useAct } from "@/components/office/use-act";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardDescription, CardFooter, CardHeader, CardTitle } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { checkImport } from "@/lib/integrations/actions";
import {
  type Field as Column,
  columnsBy,
  DAY_ORDERS,
  dayOrderOf,
  ENCODINGS,
  FIELDS_OF,
  type Kind,
  lacking,
  type Mapping,
  presetsFor,
  SEPARATORS,
} from "@/lib/integrations/model";
import { SampleTable } from "./sample-table";

const START: Mapping = { columns: {}, hasHeader: true, encoding: "utf-8", separator: ",", dayOrder: "dmy" };
const SEPARATOR_NAMES = { ",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", " ": "space" } as const;

/** Which column holds what: as guessed, to be put right, with the first rows below. */
export function MappingForm({
  id,
  kind,
  sample,
  isText,
  preset: found,
  own,
  first = START,
}: {
  id: string;
  kind: Kind;
  sample: readonly (readonly string[])[];
  /** Not a workbook: then there is more to say about how it is written. */
  isText: boolean;
  preset: string | null;
  /** The business's own fields, which a list of members may fill. */
  own: readonly { readonly id: string; readonly name: string }[];
  first?: Mapping | undefined;
}) {
  const t = useTranslations("imports");
  const router = useRouter();
  const locale = useLocale();
  const [mapping, setMapping] = useState(first);
  const [preset, setPreset] = useState(found ?? "");
  const { run, isPending, failure } = useAct(checkImport, {
    onDone: () => router.replace(`/${locale}/office/imports/${id}`),
  });
  const change = (part: Partial<Mapping>) => setMapping((before) => ({ ...before, ...part }));
  const width = Math.max(0, ...sample.map((cells) => cells.length));
  const titles = Array.from({ length: width }, (_, at) => {
    const title = mapping.hasHeader ? sample[0]?.[at] : undefined;
    return title || t("map.column", { no: at + 1 });
  });
  const pick = (field: Column, at: string) => {
    const { [field]: _before, ...rest } = mapping.columns;
    change({ columns: at === "" ? rest : { ...rest, [field]: Number(at) } });
  };
  const pickOwn = (field: string, at: string) => {
    const { [field]: _before, ...rest } = mapping.fields ?? {};
    change({ fields: at === "" ? rest : { ...rest, [field]: Number(at) } });
  };
  const lacks = lacking(kind, mapping);
  return (
    <Card>
      <CardHeader>
        <div>
          <CardTitle>{t("map.title")}</CardTitle>
          <CardDescription>{t("map.text")}</CardDescription>
        </div>
      </CardHeader>
      <CardBody className="grid gap-6">
        <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
          <Field label={t("map.preset")}>
            <Select
              value={preset}
              onChange={({ target: { value } }) => {
                setPreset(value);
                if (value !== "")
                  change({ columns: columnsBy(value, kind, sample[0] ?? []), dayOrder: dayOrderOf(value) });
              }}
            >
              <option value="">{t("map.presetNone")}</option>
              {presetsFor(kind).map((one) => (
                <option key={one} value={one}>
                  {t(`map.presets.${one}` as "map.presets.uds")}
                </option>
              ))}
            </Select>
          </Field>
          {isText && <TextFields mapping={mapping} change={change} />}
          <Field label={t("map.dayOrder")}>
            <Select
              value={mapping.dayOrder}
              onChange={({ target: { value } }) => change({ dayOrder: value === "mdy" ? "mdy" : "dmy" })}
            >
              {DAY_ORDERS.map((one) => (
                <option key={one} value={one}>
                  {t(`map.${one}`)}
                </option>
              ))}
            </Select>
          </Field>
        </div>
        <Checkbox
          label={t("map.header")}
          checked={mapping.hasHeader}
          onChange={({ target }) => change({ hasHeader: target.checked })}
        />
        <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
          {FIELDS_OF[kind].map((field) => (
            <ColumnPick
              key={field}
              label={t(`field.${field}`)}
              titles={titles}
              at={mapping.columns[field]}
              onPick={(at) => pick(field, at)}
            />
          ))}
        </div>
        {own.length > 0 && (
          <fieldset className="grid gap-3">
            <legend className="font-medium">{t("map.own")}</legend>
            <p className="text-sm text-muted">{t("map.ownText")}</p>
            <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
              {own.map((field) => (
                <ColumnPick
                  key={field.id}
                  label={field.name}
                  titles={titles}
                  at={mapping.fields?.[field.id]}
                  onPick={(at) => pickOwn(field.id, at)}
                />
              ))}
            </div>
          </fieldset>
        )}
        <SampleTable sample={sample} titles={titles} hasHeader={mapping.hasHeader} label={t("map.sample")} />
        {lacks[0] !== undefined && (
          <Notice tone="warning">{t(`lack.${lacks[0]}` as "lack.needs_customer")}</Notice>
        )}
        <FailureNotice failure={failure} />
      </CardBody>
      <CardFooter>
        <span className="text-sm text-muted">{t("map.checkHint")}</span>
        <Button busy={isPending} disabled={lacks.length > 0} onClick={() => run({ importId: id, mapping })}>
          {t("map.check")}
        </Button>
      </CardFooter>
    </Card>
  );
}

/** Which column fills one field, if any. */
function ColumnPick({
  label,
  titles,
  at: chosen,
  onPick,
}: {
  label: string;
  titles: readonly string[];
  at: number | undefined;
  onPick: (at: string) => void;
}) {
  const t = useTranslations("imports.map");
  return (
    <Field label={label}>
      <Select value={chosen ?? ""} onChange={({ target: { value } }) => onPick(value)}>
        <option value="">{t("skip")}</option>
        {titles.map((title, at) => (
          // Columns have no names of their own but their place.
          // biome-ignore lint/suspicious/noArrayIndexKey: the place is the identity
          <option key={at} value={at}>
            {title}
          </option>
        ))}
      </Select>
    </Field>
  );
}

/** How the text of a file is written. */
function TextFields({ mapping, change }: { mapping: Mapping; change: (part: Partial<Mapping>) => void }) {
  const t = useTranslations("imports");
  return (
    <>
      <Field label={t("map.separator")}>
        <Select
          value={mapping.separator}
          onChange={({ target: { value } }) => {
            const separator = SEPARATORS.find((one) => one === value);
            if (separator) change({ separator });
          }}
        >
          {SEPARATORS.map((one) => (
            <option key={one} value={one}>
              {t(`map.separators.${SEPARATOR_NAMES[one]}`)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t("map.encoding")}>
        <Select
          value={mapping.encoding}
          onChange={({ target: { value } }) => {
            const encoding = ENCODINGS.find((one) => one === value);
            if (encoding) change({ encoding });
          }}
        >
          {ENCODINGS.map((one) => (
            <option key={one} value={one}>
              {one.toUpperCase()}
            </option>
          ))}
        </Select>
      </Field>
    </>
  );
}
