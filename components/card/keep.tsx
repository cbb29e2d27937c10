"use client";
import { useEffect } from "react";
import { keepPage } from "./offline";

/** Keeps this page, as it is now, for when there is no network. `person` names whose it is, `made` when it was made. */
export function Keep({ person, made }: { person: string; made: string }) {
  useEffect(() => {
    void keepPage(person, made);
  }, [person, made]);
  return null;
}
