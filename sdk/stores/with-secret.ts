/** `value` with a secret that printing, spreading and JSON leave out. */
export function withSecret<T extends object, Name extends string>(
  value: T,
  name: Name,
  secret: string,
): T & Readonly<Record<Name, string>> {
  return Object.defineProperty(value, name, { value: secret, enumerable: false }) as T &
    Readonly<Record<Name, string>>;
}
