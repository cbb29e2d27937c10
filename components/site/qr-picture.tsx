import QRCode from "qrcode";

/** A QR code as one SVG path, black on white in both themes: scanners want it so. Server only, ships no script. */
export function QrPicture({ text, className }: { text: string; className?: string }) {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: "M" });
  const cells = Array.from(modules.data, (dark, index) => {
    const [x, y] = [index % modules.size, Math.floor(index / modules.size)];
    return dark ? `M${x} ${y}h1v1h-1z` : "";
  });
  return (
    <svg
      viewBox={`-2 -2 ${modules.size + 4} ${modules.size + 4}`}
      shapeRendering="crispEdges"
      aria-hidden="true"
      className={className}
    >
      <rect x="-2" y="-2" width="100%" height="100%" fill="#ffffff" />
      <path d={cells.join("")} fill="#000000" />
    </svg>
  );
}
