"use client";
import { Ban, Check } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { FailureNotice } from "@/components/office/failure-notice";
import { useAct } from "@/components/office/use-act";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { closeAddress, openAddress } from "@/lib/messaging/actions";

const REASONS = ["bounced", "complained", "invalid", "staff"] as const;

/** Addresses nothing is sent to: how many and why, and one to close or to open again. */
export function SuppressionCard({
  suppressed,
}: {
  suppressed: readonly { channel: string; reason: string; count: number }[];
}) {
  const t = useTranslations("messaging.office.suppression");
  const channels = useTranslations("messaging.channel");
  const [channel, setChannel] = useState<"email" | "sms">("email");
  const [address, setAddress] = useState("");
  const onDone = () => setAddress("");
  const closing = useAct(closeAddress, { said: t("closed"), onDone });
  const opening = useAct(openAddress, { said: t("opened"), onDone });
  return (
    <Card className="mt-6">
      <CardHeader>
        <div>
          <CardTitle>{t("title")}</CardTitle>
          <CardDescription>{t("text")}</CardDescription>
        </div>
      </CardHeader>
      <CardBody className="grid gap-4">
        {suppressed.length === 0 ? (
          <p className="text-sm text-muted">{t("none")}</p>
        ) : (
          <ul className="flex flex-wrap gap-2">
            {suppressed.map((one) => (
              <li key={`${one.channel} ${one.reason}`}>
                <Badge>
                  {channels(one.channel === "sms" ? "sms" : "email")} ·{" "}
                  {t(`reason.${REASONS.find((reason) => reason === one.reason) ?? "staff"}`, {
                    count: one.count,
                  })}
                </Badge>
              </li>
            ))}
          </ul>
        )}
        <form
          className="flex flex-wrap items-end gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            closing.run({ channel, address });
          }}
        >
          <Field label={t("channel")} className="w-32">
            <Select
              value={channel}
              onChange={(event) => setChannel(event.target.value === "sms" ? "sms" : "email")}
            >
              <option value="email">{channels("email")}</option>
              <option value="sms">{channels("sms")}</option>
            </Select>
          </Field>
          <Field label={t("address")} className="min-w-48 flex-1">
            <Input
              value={address}
              required
              maxLength={254}
              autoComplete="off"
              onChange={(event) => setAddress(event.target.value)}
            />
          </Field>
          <Button type="submit" variant="secondary" busy={closing.isPending} disabled={address.trim() === ""}>
            <Ban aria-hidden="true" />
            {t("close")}
          </Button>
          <Button
            variant="ghost"
            busy={opening.isPending}
            disabled={address.trim() === ""}
            onClick={() => opening.run({ channel, address })}
          >
            <Check aria-hidden="true" />
            {t("open")}
          </Button>
        </form>
        <FailureNotice failure={closing.failure ?? opening.failure} />
      </CardBody>
    </Card>
  );
}
