"use client";
import { ScanLine, Search, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Button } from "../ui/button";
import { Input } from "../ui/input";
import { Keypad } from "../ui/keypad";
import { Notice } from "../ui/notice";
import { NameResults } from "./name-results";
import { ScanDialog } from "./scan-dialog";
import { TroubleWayOut, useTroubleText } from "./trouble";
import { type Complaint, type OnMet, useIdentify } from "./use-identify";
import { useAlive, useTouch } from "./use-touch";

/** Longest thing worth typing: a name. */
const TEXT_MAX = 60;

/** One field for code, phone and name, a keypad, the camera. */
export function Identify({ onMet }: { onMet: OnMet }) {
  const t = useTranslations("desk.identify");
  const common = useTranslations("common");
  const isTouch = useTouch();
  const isAlive = useAlive();
  const { text, typed, isByName, toggleName, change, submit, scanned, look, isBusy, complaint } =
    useIdentify(onMet);
  const [isScanning, setScanning] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useTypingAnywhere(field);
  const isName = typed.kind === "name";
  const press = (key: string) => {
    if (key === "back") change(text.slice(0, -1));
    else if (key === "separator") change(text.startsWith("+") ? text : `+${text}`);
    else change(`${text}${key}`.slice(0, TEXT_MAX));
  };

  return (
    <section className="panel grid gap-4 p-4 md:gap-5 md:p-6">
      <form
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <h1 className="text-2xl font-semibold tracking-tight">
          <label htmlFor="who">{isByName ? t("titleName") : t("title")}</label>
        </h1>
        <div className="relative">
          <Input
            ref={field}
            id="who"
            size="xl"
            autoFocus
            autoComplete="off"
            autoCorrect="off"
            spellCheck={false}
            readOnly={!isAlive}
            maxLength={TEXT_MAX}
            inputMode={isByName ? "search" : isTouch ? "none" : "text"}
            value={text}
            onChange={(event) => change(event.target.value)}
            placeholder={isByName ? t("placeholderName") : t("placeholder")}
            aria-describedby="who-hint"
            aria-invalid={complaint !== null || undefined}
            className="pr-16 tabular-nums md:min-h-18 md:text-3xl"
          />
          {text && (
            <Button
              variant="ghost"
              size="lg"
              icon
              aria-label={t("clear")}
              className="absolute top-1/2 right-2 -translate-y-1/2"
              onClick={() => {
                change("");
                field.current?.focus();
              }}
            >
              <X aria-hidden="true" />
            </Button>
          )}
        </div>
        <p id="who-hint" className="min-h-6 text-sm text-muted" aria-live="polite">
          {isName
            ? t("hintName")
            : typed.kind === "phone"
              ? t("hintPhone", { phone: typed.phone })
              : t("hint")}
        </p>
        <ComplaintNotice complaint={complaint} />
        <div className="grid gap-4 md:grid-cols-[minmax(0,1fr)_minmax(0,15rem)] md:gap-6">
          {isName ? (
            <NameResults search={text} onPick={(memberId) => void look({ memberId })} />
          ) : (
            <Keypad onKey={press} separator="+" backLabel={common("erase")} />
          )}
          <div className="grid content-start gap-3 max-md:order-first max-md:grid-cols-2">
            {!isName && (
              <Button type="submit" size="xl" busy={isBusy} className="max-md:order-last max-md:col-span-2">
                {t("find")}
              </Button>
            )}
            <Button
              variant="secondary"
              size="xl"
              className="max-md:px-3 max-md:text-base"
              onClick={() => setScanning(true)}
            >
              <ScanLine aria-hidden="true" />
              {t("scan")}
            </Button>
            <Button
              variant="secondary"
              size="xl"
              className="max-md:px-3 max-md:text-base"
              aria-pressed={isByName}
              onClick={() => {
                toggleName();
                field.current?.focus();
              }}
            >
              <Search aria-hidden="true" />
              {isByName ? t("byCode") : t("byName")}
            </Button>
          </div>
        </div>
      </form>
      {isScanning && (
        <ScanDialog
          onClose={() => setScanning(false)}
          onCode={(code) => {
            setScanning(false);
            scanned(code);
          }}
        />
      )}
    </section>
  );
}

function ComplaintNotice({ complaint }: { complaint: Complaint | null }) {
  const t = useTranslations("desk.identify");
  const say = useTroubleText();
  if (complaint === null) return null;
  if (typeof complaint === "string")
    return (
      <Notice tone="warning" live>
        {t(complaint)}
      </Notice>
    );
  return (
    <Notice tone="danger" live action={<TroubleWayOut trouble={complaint} />}>
      {say(complaint)}
    </Notice>
  );
}

/** Digits typed with nothing focused, or fired by a hand scanner, go to the field. */
function useTypingAnywhere(field: React.RefObject<HTMLInputElement | null>) {
  useEffect(() => {
    const typed = (event: KeyboardEvent) => {
      const isFree = document.activeElement === document.body || document.activeElement?.id === "main";
      if (isFree && /^[\p{L}\d+]$/u.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey)
        field.current?.focus();
    };
    document.addEventListener("keydown", typed);
    return () => document.removeEventListener("keydown", typed);
  }, [field]);
}
