"use client";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { FailureNotice } from "@/components/office/failure-notice";
import type { Failure } from "@/components/office/use-act";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardFooter, CardHeader, CardTitle } from "@/components/ui/card";
import { Radio, RadioGroup } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Progress } from "@/components/ui/progress";
import { beginImport, completeFile } from "@/lib/integrations/actions";
import { FILE_BYTES_MAX, KINDS, type Kind, PIECE_BYTES } from "@/lib/integrations/model";
import { FilePick } from "./file-pick";

/** How far the upload of one file is: after a break it goes on from there. */
type Sending = { file: File; kind: Kind; id: string; next: number };

/** A file, and what is in it; sent in pieces. */
export function NewImport() {
  const t = useTranslations("imports");
  const router = useRouter();
  const locale = useLocale();
  const [kind, setKind] = useState<Kind>("members");
  const [file, setFile] = useState<File | null>(null);
  const [share, setShare] = useState<number | null>(null);
  const [isBroken, setBroken] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const sending = useRef<Sending | null>(null);
  const isTooLarge = file !== null && file.size > FILE_BYTES_MAX;

  const send = async (chosen: File) => {
    setFailure(null);
    setBroken(false);
    setShare(0);
    try {
      const kept = sending.current;
      if (kept?.file !== chosen || kept.kind !== kind) {
        const begun = await beginImport(null, { kind, fileName: chosen.name, bytes: chosen.size });
        if (!begun.ok) {
          setFailure(begun);
          return;
        }
        sending.current = { file: chosen, kind, id: begun.value, next: 0 };
      }
      if (sending.current === null) return;
      await sendPieces(sending.current, setShare);
      const { id } = sending.current;
      const completed = await completeFile(null, { importId: id });
      if (!completed.ok) {
        setFailure(completed);
        return;
      }
      router.push(`/${locale}/office/imports/${id}`);
    } catch {
      setBroken(true);
    } finally {
      setShare(null);
    }
  };

  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("new.title")}</CardTitle>
      </CardHeader>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (file && !isTooLarge) void send(file);
        }}
      >
        <CardBody className="grid gap-5">
          <RadioGroup legend={t("new.kind")}>
            {KINDS.map((one) => (
              <Radio
                key={one}
                name="kind"
                label={t(`kind.${one}`)}
                hint={t(`kindText.${one}`)}
                checked={one === kind}
                onChange={() => setKind(one)}
              />
            ))}
          </RadioGroup>
          <Field
            label={t("new.file")}
            hint={t("new.hint")}
            error={isTooLarge ? t("new.tooLarge") : undefined}
          >
            <FilePick file={file} onPick={setFile} texts={{ choose: t("new.choose"), none: t("new.none") }} />
          </Field>
          {share !== null && (
            <Progress value={share} label={t("new.sending", { share: `${Math.round(share * 100)}%` })} />
          )}
          {isBroken && (
            <Notice tone="warning" live>
              {t("new.broken")}
            </Notice>
          )}
          <FailureNotice failure={failure} />
        </CardBody>
        <CardFooter>
          <Button type="submit" busy={share !== null} disabled={file === null || isTooLarge}>
            {t(isBroken ? "new.again" : "new.send")}
          </Button>
        </CardFooter>
      </form>
    </Card>
  );
}

/** Sends what has not been sent, one piece after the other. Throws where the connection breaks. */
async function sendPieces(sending: Sending, onShare: (share: number) => void): Promise<void> {
  const { file, id } = sending;
  for (; sending.next * PIECE_BYTES < file.size; sending.next += 1) {
    const from = sending.next * PIECE_BYTES;
    const answer = await fetch(`/api/office/imports/${id}/pieces/${sending.next}`, {
      method: "PUT",
      body: file.slice(from, from + PIECE_BYTES),
    });
    if (!answer.ok) throw new Error(String(answer.status));
    onShare(Math.min(1, (from + PIECE_BYTES) / file.size));
  }
}
