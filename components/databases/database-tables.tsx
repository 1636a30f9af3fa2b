import type { ApiOutputs } from "@/components/api/outputs";
import { Badge } from "@/components/ui/badge";
import { Table, TableCell, TableHead, TableRow } from "@/components/ui/table";

type Database = ApiOutputs["environments"]["inspect"];

/** What is in the database: its tables with their rows, Freehold's own marked. */
export function DatabaseTables({ database }: { database: Database }) {
  const { tables, tablesAreComplete } = database;
  const hasOwn = tables.some((table) => !table.system);
  const isCounted = tables.every((table) => table.rowsAreExact);
  return (
    <section aria-label="Tables" className="min-w-0">
      <h2 className="text-base font-medium">
        Tables <span className="font-normal text-faint tabular-nums">{tables.length}</span>
      </h2>
      <p className="mb-2 text-table text-muted">
        {hasOwn
          ? "Those marked system are kept by Freehold in every database."
          : "So far there are those that Freehold keeps in every database. A service's own show when it has made them."}
      </p>
      <Table label="Tables">
        <colgroup>
          <col />
          <col className="w-36" />
        </colgroup>
        <thead>
          <tr>
            <TableHead>Name</TableHead>
            <TableHead className="text-right">Rows</TableHead>
          </tr>
        </thead>
        <tbody>
          {tables.map((table) => (
            <TableRow key={table.name}>
              <TableCell title={table.name}>
                <span className="flex min-w-0 items-center gap-2">
                  <bdi className="truncate font-mono text-xs">{table.name}</bdi>
                  {table.system && <Badge className="shrink-0">system</Badge>}
                </span>
              </TableCell>
              <TableCell className="text-right tabular-nums">
                {!table.rowsAreExact && <span className="text-faint">at least </span>}
                {table.rows.toLocaleString("en-GB")}
              </TableCell>
            </TableRow>
          ))}
        </tbody>
      </Table>
      {(!tablesAreComplete || !isCounted) && (
        <p className="pt-3 text-xs text-faint">
          {!tablesAreComplete && `The first ${tables.length} tables by name are listed; there are more. `}
          {!isCounted && "Counting stops early in large tables, so that looking costs the database little."}
        </p>
      )}
    </section>
  );
}
