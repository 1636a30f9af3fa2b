import { cache } from "react";
import type { Route } from "next";
import { notFound, redirect } from "next/navigation";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { makeQueryClient } from "@/components/api/query-client";
import { isDomainError } from "@/server/kernel/errors";
import { TRPCError } from "@trpc/server";
import { pageContext } from "./context";
import { appRouter } from "./root";

const context = cache(pageContext);

/** One query client per rendered page; what it fetched goes to the browser with the HTML. */
export const getQueryClient = cache(makeQueryClient);

/** Query options that read through the same procedures as the browser, without a request. */
export const api = createTRPCOptionsProxy({ ctx: context, router: appRouter, queryClient: getQueryClient });

/** Reads for a page: sends strangers to sign-in, turns `not_found` into the 404 page, lets the rest surface. */
export async function read<T>(query: Promise<T>, path: string): Promise<T> {
  try {
    return await query;
  } catch (error) {
    const cause = error instanceof TRPCError ? error.cause : error;
    if (!isDomainError(cause)) throw error;
    if (cause.code === "unauthenticated") redirect(`/sign-in?next=${encodeURIComponent(path)}` as Route);
    if (cause.code === "not_found") notFound();
    throw error;
  }
}
