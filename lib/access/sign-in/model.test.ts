import { describe, expect, test } from "vitest";
import { clientIp, LIMITS, LOCK_MAX_MS, lockMs, MINUTE_MS, networkOf } from "./model";

describe("the lock grows", () => {
  test.each([
    [1, 0],
    [9, 0],
    [10, 1],
    [11, 2],
    [12, 4],
    [15, 32],
    [16, 60],
    [1000, 60],
  ])("after try %i for %i minutes", (tries, minutes) => {
    expect(lockMs(tries, LIMITS.guess)).toBe(minutes * MINUTE_MS);
  });

  test("to an hour and no further", () => expect(lockMs(1e9, LIMITS.letter)).toBe(LOCK_MAX_MS));
});

describe("the client's address", () => {
  test.each([
    ["1.2.3.4", 0, undefined],
    [null, 1, undefined],
    ["1.2.3.4", 1, "1.2.3.4"],
    // What the client wrote itself stands to the left of what our proxy appended.
    ["6.6.6.6, 1.2.3.4", 1, "1.2.3.4"],
    ["6.6.6.6, 1.2.3.4, 10.0.0.1", 2, "1.2.3.4"],
    ["1.2.3.4", 2, undefined],
    ["[2001:db8::1]:443", 1, "2001:db8::1"],
    ["<script>", 1, undefined],
  ])("%s behind %i proxies is %s", (header, proxies, ip) => {
    expect(clientIp(header, proxies)).toBe(ip);
  });

  test.each([
    ["1.2.3.4", "1.2.3.4"],
    ["::ffff:1.2.3.4", "1.2.3.4"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:db8:1:2::9", "2001:db8:1:2::/64"],
    ["2001:DB8::9", "2001:db8:0:0::/64"],
  ])("%s counts as %s", (ip, network) => expect(networkOf(ip)).toBe(network));
});
