"use client";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { revokePersonSession } from "@/lib/access/actions";
import { unanswered } from "./answer";

/** Signs one other phone out. */
export function RevokeSession({ id, label, failed }: { id: string; label: string; failed: string }) {
  const router = useRouter();
  const [hasFailed, setFailed] = useState(false);
  const [isBusy, start] = useTransition();
  const press = () =>
    start(async () => {
      const result = await revokePersonSession(null, { id }).catch(unanswered);
      // Gone already is as good as gone now.
      setFailed(!result.ok && result.code !== "not_found");
      router.refresh();
    });
  return (
    <span className="shrink-0">
      <Button size="sm" variant="secondary" busy={isBusy} onClick={press}>
        {label}
      </Button>
      <span role="alert" className="block text-sm text-danger">
        {hasFailed ? failed : ""}
      </span>
    </span>
  );
}
