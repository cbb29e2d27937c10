"use client";
import { type RefObject, useEffect, useState } from "react";
import { codeOfScan } from "@/lib/sales/model";

export type ScanState = "starting" | "looking" | "strange" | "denied" | "missing" | "busy" | "insecure";

/** Often enough to feel at once, seldom enough for a cheap tablet. */
const LOOK_MS = 160;
type Eyes = { detect: (source: HTMLVideoElement) => Promise<{ rawValue: string }[]> };
type BuiltIn = (new (options: {
  formats: string[];
}) => Eyes) & { getSupportedFormats: () => Promise<string[]> };

/** Shows the camera in the video and calls back once with the first code it sees. */
export function useScanner(
  video: RefObject<HTMLVideoElement | null>,
  onCode: (code: string) => void,
): ScanState {
  const [state, setState] = useState<ScanState>("starting");
  useEffect(() => {
    const end = new AbortController();
    let stream: MediaStream | undefined;
    const run = async () => {
      if (!navigator.mediaDevices) return setState("insecure");
      const eyes = openEyes();
      stream = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: "environment" },
        audio: false,
      });
      const screen = video.current;
      if (end.signal.aborted || !screen) return stop(stream);
      await show(screen, stream);
      setState("looking");
      await look(await eyes, screen, end.signal, { onCode, onStrange: () => setState("strange") });
    };
    run().catch((error: unknown) => {
      if (!end.signal.aborted) setState(whyBlind(error));
    });
    return () => {
      end.abort();
      stop(stream);
    };
  }, [video, onCode]);
  return state;
}

async function show(screen: HTMLVideoElement, stream: MediaStream): Promise<void> {
  screen.srcObject = stream;
  await screen.play();
}

async function look(
  eyes: Eyes,
  video: HTMLVideoElement,
  signal: AbortSignal,
  { onCode, onStrange }: { onCode: (code: string) => void; onStrange: () => void },
): Promise<void> {
  while (!signal.aborted) {
    const seen = await eyes.detect(video).catch(() => []); // a frame that is not there yet
    if (signal.aborted) return;
    const code = seen.map(({ rawValue }) => codeOfScan(rawValue)).find((each) => each !== undefined);
    if (code) return onCode(code);
    if (seen.length > 0) onStrange();
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

/** The browser's own reader where it knows QR codes, else one in WebAssembly from our own server. */
async function openEyes(): Promise<Eyes> {
  const own = (globalThis as { BarcodeDetector?: BuiltIn }).BarcodeDetector;
  if (own && (await own.getSupportedFormats()).includes("qr_code")) return new own({ formats: ["qr_code"] });
  const { BarcodeDetector, prepareZXingModule } = await import("barcode-detector/ponyfill");
  const wasm = new URL("zxing-wasm/reader/zxing_reader.wasm", import.meta.url).href;
  prepareZXingModule({ overrides: { locateFile: (path: string) => (path.endsWith(".wasm") ? wasm : path) } });
  return new BarcodeDetector({ formats: ["qr_code"] });
}

function whyBlind(error: unknown): ScanState {
  const name = error instanceof Error ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "denied";
  if (name === "NotReadableError" || name === "AbortError") return "busy";
  return "missing";
}

function stop(stream: MediaStream | undefined): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}
