import QRCode from "qrcode";
import { qrPath } from "./qr-path";

/** A QR code as one path, black on white in both themes: scanners want it so. Made on the server. */
export function Qr({ text, label, className }: { text: string; label: string; className?: string }) {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: "M" });
  const edge = modules.size + 2;
  return (
    <svg viewBox={`-1 -1 ${edge} ${edge}`} role="img" aria-label={label} className={className}>
      <rect x="-1" y="-1" width={edge} height={edge} fill="#ffffff" />
      <path d={qrPath(modules.size, modules.data)} fill="#000000" shapeRendering="crispEdges" />
    </svg>
  );
}
