const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(?:A|iOS)?\//, "Edge"],
  [/\b(?:OPR|Opera)\//, "Opera"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\b(?:Firefox|FxiOS)\//, "Firefox"],
  [/\b(?:Chrome|CriOS|HeadlessChrome)\//, "Chrome"],
  [/\bVersion\/.*\bSafari\//, "Safari"],
  [/^curl\//, "curl"],
  [/^freehold-cli\//, "Freehold command line"],
  [/^node\b/i, "Node.js"],
];

const systems: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bAndroid\b/, "Android"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b|\bMacintosh\b/, "macOS"],
  [/\bLinux\b|\bX11\b/, "Linux"],
];

const find = (list: readonly (readonly [RegExp, string])[], text: string) =>
  list.find(([sign]) => sign.test(text))?.[1];

export interface Device {
  /** "Firefox on Linux"; "Unknown device" when it does not say. */
  words: string;
  isHandheld: boolean;
}

/** What a session was opened with, by what it says of itself. */
export function describeDevice(userAgent: string | null | undefined): Device {
  const text = userAgent ?? "";
  const browser = find(browsers, text);
  const system = find(systems, text);
  const isHandheld = system === "iPhone" || system === "iPad" || system === "Android";
  if (browser && system) return { words: `${browser} on ${system}`, isHandheld };
  return { words: browser ?? system ?? "Unknown device", isHandheld };
}
