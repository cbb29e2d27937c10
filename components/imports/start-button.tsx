"use client";
import { FailureNotice } from "@/components/office/failure-notice";
import { useAct } from "@/components/office/use-act";
import { Button } from "@/components/ui/button";
import { postImport } from "@/lib/integrations/actions";

/** Brings the good rows in. */
export function StartButton({ id, label }: { id: string; label: string }) {
  const { run, isPending, failure } = useAct(postImport);
  return (
    <>
      <FailureNotice failure={failure} />
      <Button busy={isPending} onClick={() => run({ importId: id })}>
        {label}
      </Button>
    </>
  );
}
