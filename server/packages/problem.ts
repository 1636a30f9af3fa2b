import { DomainError } from "@/server/kernel/errors";

export interface Place {
  file: string;
  /** From 1; left out where it is about the whole file. */
  line?: number;
}

/** What is wrong with a package: where, what, and what to do. */
export function packageProblem({ file, line }: Place, what: string): DomainError {
  return new DomainError("invalid", `${line === undefined ? file : `${file}:${line}`}: ${what}`, {
    field: "files",
  });
}

/** The line that a position is on, from 1. */
export function lineAt(text: string, position: number): number {
  return text.slice(0, position).split("\n").length;
}
