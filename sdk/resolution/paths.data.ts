import { ids } from "../testing/catalog.data.ts";
import type { Row } from "../testing/resolution-case.ts";
import { environmentRouter, sharedDb } from "./presets.ts";

const { ann, bob, nobody } = ids;
const policy = environmentRouter({ sharedHosts: ["console.test"] });
const host = "console.test";
const session = ann;

/** The tenant in the path: it must agree, and a spelling that a router may read otherwise is refused. */
export const paths: readonly Row[] = [
  { policy, host, session, path: `/environments/${ann}`, is: "ann by session" },
  { policy, host, session, path: `/environments/${ann}/members`, is: "ann by session" },
  { policy, host, session, path: `/environments/${ann}?tab=1`, is: "ann by session" },
  { policy, host, session, path: `/environments/${ann}#x`, is: "ann by session" },
  { policy, host, session, path: "/environments/ann/Files/README.md", is: "ann by session" },
  { policy, host, session, path: "/environments/ann/a%2fb", is: "ann by session" },
  { policy, host, session, path: "/environments/ann//x", is: "ann by session" },
  { policy, host, session, path: `/environments/${bob}`, is: "tenant_conflict" },
  { policy, host, session, path: "/environments/bob", is: "tenant_conflict" },
  { policy, host, session, path: `/environments/${nobody}`, is: "tenant_conflict" },
  { policy, host, session, path: "/environments/nobody", is: "tenant_conflict" },
  { policy, host, path: `/environments/${ann}`, is: "tenant_required" },

  { policy, host, session, path: "/environments", is: "ann by session" },
  { policy, host, session, path: "/environments/", is: "ann by session" },
  { policy, host, session, path: "/", is: "ann by session" },
  { policy, host, session, path: `/?next=/environments/${bob}`, is: "ann by session" },
  { policy, host, session, path: `/other/environments/${bob}`, is: "ann by session" },
  { policy, host, session, path: `/environment/${bob}`, is: "ann by session" },

  { policy, host, session, path: `/environments/${bob.toUpperCase()}`, is: "invalid" },
  { policy, host, session, path: `/environments/${ann.toUpperCase()}`, is: "invalid" },
  { policy, host, session, path: `/environments/%62ob`, is: "invalid" },
  { policy, host, session, path: `/environments/bob%00`, is: "invalid" },
  { policy, host, session, path: `/environments/bob;v=1`, is: "invalid" },
  { policy, host, session, path: `/environments/b,c`, is: "invalid" },
  { policy, host, session, path: `/Environments/${bob}`, is: "invalid" },
  { policy, host, session, path: `/%65nvironments/${bob}`, is: "invalid" },
  { policy, host, session, path: `/%2565nvironments/${bob}`, is: "invalid" },
  { policy, host, session, path: `//environments/${bob}`, is: "invalid" },
  { policy, host, session, path: `/environments//${bob}`, is: "invalid" },
  { policy, host, session, path: `/./environments/${bob}`, is: "invalid" },
  { policy, host, session, path: `/x/../environments/${bob}`, is: "invalid" },
  { policy, host, session, path: `/x/%2e%2e/environments/${bob}`, is: "invalid" },
  { policy, host, session, path: `/x/..%2fenvironments/${bob}`, is: "invalid" },
  { policy, host, session, path: `/environments/ann/../bob`, is: "invalid" },
  { policy, host, session, path: `/environments/ann/..%2f..%2fenvironments/bob`, is: "invalid" },
  { policy, host, session, path: `\\environments\\${bob}`, is: "invalid" },
  { policy, host, session, path: `/environments\\${bob}`, is: "invalid" },
  { policy, host, session, path: `/environments;x/${bob}`, is: "invalid" },
  { policy, host, session, path: `/environments/.`, is: "invalid" },
  { policy, host, session, path: `http://console.test/environments/${ann}`, is: "invalid" },
  { policy: sharedDb, token: { tid: ann }, path: `/environments/${bob}`, is: "ann by token" },
  { policy: sharedDb, token: { tid: ann }, path: "http://x/", is: "ann by token" },
];
