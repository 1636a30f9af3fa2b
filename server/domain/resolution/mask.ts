const secrets = [
  // Keys of Freehold and of others that begin alike.
  /\b(fhs?_[\w-]{4})[\w-]{12,}/g,
  // Tokens: a header that begins with {" in base64url.
  /\b(eyJ[\w-]{5})[\w-]*(?:\.[\w-]*)*/g,
];

/** The same text with whatever looks like a key or token cut to its first characters. */
export function masked(text: string): string {
  return secrets.reduce((rest, shape) => rest.replace(shape, "$1…"), text);
}
