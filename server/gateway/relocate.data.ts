/** Addresses that a service answers with, and what clients get: `{own}` is its origin, `{asked}` the client's. */
export interface LocationCase {
  about: string;
  answered: string;
  told: string;
}

export const locations: LocationCase[] = [
  { about: "its own origin", answered: "{own}/x?y=1#z", told: "{asked}/x?y=1#z" },
  { about: "its own origin in upper case", answered: "{OWN}/x", told: "{asked}/x" },
  { about: "its own origin without a path", answered: "{own}", told: "{asked}" },
  { about: "its own origin without a scheme", answered: "//{host}/x", told: "{asked}/x" },
  { about: "its own origin with a login", answered: "http://ann:secret@{host}/x", told: "{asked}/x" },
  {
    about: "a path that looks like a host",
    answered: "{own}//evil.example/x",
    told: "{asked}//evil.example/x",
  },
  { about: "dots and escapes, as they are", answered: "{own}/a/../b%2Fc", told: "{asked}/a/../b%2Fc" },
  { about: "a path", answered: "/elsewhere", told: "/elsewhere" },
  { about: "a path from where it is", answered: "../x", told: "../x" },
  { about: "its own origin in a query", answered: "/x?next={own}/y", told: "/x?next={own}/y" },
  { about: "another scheme", answered: "https://{host}/x", told: "https://{host}/x" },
  { about: "another port", answered: "http://127.0.0.1:1/x", told: "http://127.0.0.1:1/x" },
  { about: "another origin", answered: "https://app.example.com/x", told: "https://app.example.com/x" },
  {
    about: "a host that begins like its own",
    answered: "{own}.evil.example/x",
    told: "{own}.evil.example/x",
  },
  { about: "no address", answered: "http://[", told: "http://[" },
];
