"use client";
import { useState, useTransition } from "react";
import { unanswered } from "@/components/card/answer";
import { Switch } from "@/components/ui/choice";
import type { Channel, Purpose } from "@/lib/messaging/model";
import { chooseChannel } from "./actions";

/** One yes or no, effective at once; it goes back where it was when it could not be kept. */
export function ChannelSwitch({
  slug,
  purpose,
  channel,
  granted,
  label,
  hint,
  failed,
}: {
  slug: string;
  purpose: Purpose;
  channel: Channel;
  granted: boolean;
  label: string;
  hint?: string;
  failed: string;
}) {
  const [isOn, setOn] = useState(granted);
  const [hasFailed, setFailed] = useState(false);
  const [isBusy, start] = useTransition();
  const change = (wanted: boolean) => {
    setOn(wanted);
    start(async () => {
      const result = await chooseChannel(null, { slug, purpose, channel, granted: wanted }).catch(unanswered);
      setFailed(!result.ok);
      if (!result.ok) setOn(!wanted);
    });
  };
  return (
    <>
      <Switch
        label={label}
        hint={hint}
        checked={isOn}
        aria-busy={isBusy}
        onChange={(event) => change(event.target.checked)}
      />
      <p role="alert" className="text-sm text-danger empty:hidden">
        {hasFailed ? failed : ""}
      </p>
    </>
  );
}
