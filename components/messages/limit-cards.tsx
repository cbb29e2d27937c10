"use client";
import { useTranslations } from "next-intl";
import { Card, CardBody, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Checkbox, Switch } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { CHANNELS, OUTWARD } from "@/lib/messaging/model";
import { clockOf, minuteOf } from "./clock";
import type { RulesDraft } from "./rules-form";

const NIGHT = { from: 21 * 60, until: 9 * 60 };
const countOf = (text: string): number | null =>
  text === "" ? null : Math.max(1, Math.floor(Number(text)) || 1);

/** What holds for everybody: quiet hours, caps, the control group, what counts as agreed, and the pace. */
export function LimitCards({ draft }: { draft: RulesDraft }) {
  return (
    <>
      <Quiet draft={draft} />
      <Caps draft={draft} />
      <Agreed draft={draft} />
      <Pace draft={draft} />
    </>
  );
}

function Quiet({ draft: { settings, set } }: { draft: RulesDraft }) {
  const t = useTranslations("messaging.office.rules");
  const { quiet } = settings;
  const time = (name: "from" | "until") => (
    <Field label={t(name)}>
      <Input
        type="time"
        value={clockOf(quiet?.[name] ?? NIGHT[name])}
        onChange={(event) => {
          const minute = minuteOf(event.target.value);
          if (minute !== undefined) set({ quiet: { ...(quiet ?? NIGHT), [name]: minute } });
        }}
      />
    </Field>
  );
  return (
    <Card>
      <CardHeader>
        <div>
          <CardTitle>{t("quiet")}</CardTitle>
          <CardDescription>{t("quietText")}</CardDescription>
        </div>
      </CardHeader>
      <CardBody className="grid gap-4">
        <Switch
          label={t("quietOn")}
          checked={quiet !== null}
          onChange={(event) => set({ quiet: event.target.checked ? NIGHT : null })}
        />
        {quiet && (
          <div className="grid grid-cols-2 gap-4">
            {time("from")}
            {time("until")}
          </div>
        )}
      </CardBody>
    </Card>
  );
}

function Caps({ draft: { settings, set } }: { draft: RulesDraft }) {
  const t = useTranslations("messaging.office.rules");
  const { caps } = settings;
  const sms = caps.channel.sms ?? { day: null, week: null };
  const offer = caps.kind.offer ?? { day: null, week: null };
  const count = (label: string, value: number | null, change: (value: number | null) => void) => (
    <Field label={label}>
      <Input
        type="number"
        min={1}
        max={1000}
        inputMode="numeric"
        value={value === null ? "" : String(value)}
        onChange={(event) => change(countOf(event.target.value))}
      />
    </Field>
  );
  return (
    <Card>
      <CardHeader>
        <div>
          <CardTitle>{t("caps")}</CardTitle>
          <CardDescription>{t("capsText")}</CardDescription>
        </div>
      </CardHeader>
      <CardBody className="grid grid-cols-2 items-start gap-4">
        {count(t("day"), caps.day, (day) => set({ caps: { ...caps, day } }))}
        {count(t("week"), caps.week, (week) => set({ caps: { ...caps, week } }))}
        {count(t("smsDay"), sms.day, (day) =>
          set({ caps: { ...caps, channel: { ...caps.channel, sms: { ...sms, day } } } }),
        )}
        {count(t("smsWeek"), sms.week, (week) =>
          set({ caps: { ...caps, channel: { ...caps.channel, sms: { ...sms, week } } } }),
        )}
        {count(t("offerWeek"), offer.week, (week) =>
          set({ caps: { ...caps, kind: { ...caps.kind, offer: { ...offer, week } } } }),
        )}
        <Field label={t("control")} hint={t("controlHint")} className="col-span-2">
          <Input
            type="number"
            min={0}
            max={50}
            step={0.5}
            value={String(settings.controlPercent)}
            onChange={(event) =>
              set({ controlPercent: Math.min(50, Math.max(0, Number(event.target.value) || 0)) })
            }
          />
        </Field>
      </CardBody>
    </Card>
  );
}

function Agreed({ draft: { settings, set } }: { draft: RulesDraft }) {
  const t = useTranslations("messaging");
  const { assumed } = settings;
  return (
    <Card>
      <CardHeader>
        <div>
          <CardTitle>{t("office.rules.assumed")}</CardTitle>
          <CardDescription>{t("office.rules.assumedText")}</CardDescription>
        </div>
      </CardHeader>
      <CardBody className="grid gap-1 sm:grid-cols-2">
        {CHANNELS.map((channel) => (
          <Checkbox
            key={channel}
            label={t(`channel.${channel}`)}
            checked={assumed.includes(channel)}
            onChange={(event) =>
              set({
                assumed: event.target.checked
                  ? [...assumed, channel]
                  : assumed.filter((one) => one !== channel),
              })
            }
          />
        ))}
      </CardBody>
    </Card>
  );
}

function Pace({ draft: { settings, set } }: { draft: RulesDraft }) {
  const t = useTranslations("messaging");
  const { pace } = settings;
  return (
    <Card>
      <CardHeader>
        <div>
          <CardTitle>{t("office.rules.pace")}</CardTitle>
          <CardDescription>{t("office.rules.paceText")}</CardDescription>
        </div>
      </CardHeader>
      <CardBody className="grid grid-cols-2 items-start gap-4">
        {OUTWARD.map((channel) => (
          <Field key={channel} label={t(`channel.${channel}`)}>
            <Input
              type="number"
              min={0.01}
              max={10_000}
              step="any"
              required
              value={String(pace[channel])}
              onChange={(event) => set({ pace: { ...pace, [channel]: Number(event.target.value) } })}
            />
          </Field>
        ))}
      </CardBody>
    </Card>
  );
}
