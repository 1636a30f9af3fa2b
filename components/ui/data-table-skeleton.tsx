import { cn } from "./cn";
import { columnStyle, type Column } from "./data-table-columns";
import { Skeleton } from "./skeleton";
import { TableCell } from "./table";

const widths = ["70%", "52%", "84%", "61%", "45%"];

interface DataTableSkeletonProps<Row> {
  columns: readonly Column<Row>[];
  selectable: boolean;
  menu: boolean;
}

/** Rows that look like the ones to come. */
export function DataTableSkeleton<Row>({ columns, selectable, menu }: DataTableSkeletonProps<Row>) {
  return (
    <tbody>
      {Array.from({ length: 8 }, (_, row) => (
        <tr key={row}>
          {selectable && (
            <TableCell control>
              <Skeleton className="size-4" />
            </TableCell>
          )}
          {columns.map((column, index) => (
            <TableCell key={column.id} className={columnStyle(column)}>
              <span
                className={cn("block", column.align === "end" && "ml-auto")}
                style={{ width: widths[(row + index * 2) % widths.length] }}
              >
                <Skeleton className="h-3 w-full" />
              </span>
            </TableCell>
          ))}
          {menu && <TableCell control />}
        </tr>
      ))}
    </tbody>
  );
}
