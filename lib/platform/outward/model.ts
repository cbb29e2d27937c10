/** Which addresses belong to nobody outside: loopback, private, link-local, shared, multicast and reserved ranges. */

const V4: readonly (readonly [string, number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
];

const numberOf = (address: string): number =>
  address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);

function isPrivateV4(address: string): boolean {
  const value = numberOf(address);
  return V4.some(
    ([start, bits]) =>
      Math.floor(value / 2 ** (32 - bits)) === Math.floor(numberOf(start) / 2 ** (32 - bits)),
  );
}

/** The eight groups of an IPv6 address, a dotted end and `::` spelled out. */
function groupsOf(address: string): number[] {
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(address);
  const value = dotted?.[2] === undefined ? 0 : numberOf(dotted[2]);
  const hex = dotted
    ? `${dotted[1]}${Math.floor(value / 65_536).toString(16)}:${(value % 65_536).toString(16)}`
    : address;
  const [head = "", tail] = hex.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - left.length - right.length }, () => "0");
  return [...left, ...zeros, ...right].map((group) => Number.parseInt(group, 16));
}

/** Whether an IP address, as text, is one the open internet cannot reach or must not. */
export function isPrivateAddress(address: string): boolean {
  if (!address.includes(":")) return isPrivateV4(address);
  const groups = groupsOf(address.split("%")[0] ?? "");
  const [first = 0, second = 0] = groups;
  const low = ((groups[6] ?? 0) * 65_536 + (groups[7] ?? 0)) >>> 0;
  const inside = [low >>> 24, (low >>> 16) & 255, (low >>> 8) & 255, low & 255].join(".");
  if (groups.slice(0, 5).every((group) => group === 0)) return groups[5] !== 0xffff || isPrivateV4(inside);
  if (first === 0x64 && second === 0xff9b) return isPrivateV4(inside); // NAT64
  if (first === 0x2002) return true; // 6to4 hides a v4 address
  return (
    (first & 0xfe00) === 0xfc00 ||
    (first & 0xffc0) === 0xfe80 ||
    (first & 0xff00) === 0xff00 ||
    (first === 0x2001 && second === 0)
  );
}
