import type { Route } from "next";
import { expect, test } from "vitest";

import { paths } from "@/components/paths";

import { currentHref } from "./nav-items";

const item = (href: Route, exact = false) => ({ label: href, icon: null, href, exact });

test("the longest address that the page's address starts with is current", () => {
  const [overview, environments] = [paths.organization("acme"), paths.environments("acme")];
  const sections = [{ items: [item(overview, true), item(environments), item(paths.members("acme"))] }];
  expect(currentHref(sections, overview)).toBe(overview);
  expect(currentHref(sections, paths.environment("acme", "prod"))).toBe(environments);
  expect(currentHref(sections, `${environments}-other`)).toBeUndefined();
});
