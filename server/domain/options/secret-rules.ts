const secretWords = new Set([
  "password",
  "passwd",
  "passphrase",
  "secret",
  "secrets",
  "token",
  "tokens",
  "credential",
  "credentials",
  "pwd",
]);
const secretPairs = new Set([
  "access key",
  "api key",
  "auth key",
  "client secret",
  "connection string",
  "encryption key",
  "license key",
  "private key",
  "secret key",
  "service key",
  "shared key",
  "signing key",
]);
const plainPairs = new Set(["page token", "csrf token", "max tokens", "min tokens"]);

/** What a key says in words: `smtpPassword`, `smtp_password` and `SMTP-PASSWORD` are the same. */
const wordsOf = (key: string) =>
  key
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/** True when the key's last words name a secret: `webhookSecret`, and not `secretRotationDays`. */
export function isSecretKey(key: string): boolean {
  const words = wordsOf(key);
  const pair = words.slice(-2).join(" ");
  if (plainPairs.has(pair)) return false;
  const last = words.at(-1) ?? "";
  return secretWords.has(last) || secretPairs.has(pair) || /^(?:api|private|secret|access)key$/.test(last);
}

const secretTexts = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\bfhs?_[\w-]{30,}/,
  // The password of an address.
  /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:[^\s/@]+@/i,
];

/** True when the text itself is a secret of a kind that has one look. */
export const isSecretText = (text: string): boolean => secretTexts.some((look) => look.test(text));
