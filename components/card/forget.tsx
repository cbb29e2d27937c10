"use client";
import { useEffect } from "react";
import { forgetPages } from "./offline";

/** Forgets every kept page: nobody is signed in here any more. */
export function Forget() {
  useEffect(() => {
    void forgetPages();
  }, []);
  return null;
}
