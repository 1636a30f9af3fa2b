import { cn } from "./cn";
import { stackedControl, stackedRow, type PlacedColumn } from "./data-table-columns";
import { Skeleton } from "./skeleton";
import { TableCell, tableRoles } from "./table";

const widths = ["70%", "52%", "84%", "61%", "45%"];

interface DataTableSkeletonProps<Row> {
  columns: readonly PlacedColumn<Row>[];
  selectable: boolean;
  menu: boolean;
}

/** Rows that look like the ones to come. */
export function DataTableSkeleton<Row>({ columns, selectable, menu }: DataTableSkeletonProps<Row>) {
  return (
    <tbody {...tableRoles.group} className="stacked:block">
      {Array.from({ length: 8 }, (_, row) => (
        <tr {...tableRoles.row} key={row} className={stackedRow}>
          {selectable && (
            <TableCell control className="stacked:block stacked:border-0 stacked:pl-0">
              <Skeleton className="size-4" />
            </TableCell>
          )}
          {columns.map((column, index) => (
            <TableCell key={column.id} className={column.cellStyle}>
              <span
                className={cn("block", column.align === "end" && "ml-auto", index > 0 && "stacked:w-20!")}
                style={{ width: widths[(row + index * 2) % widths.length] }}
              >
                <Skeleton className="h-3 w-full" />
              </span>
            </TableCell>
          ))}
          {menu && <TableCell control className={stackedControl} />}
        </tr>
      ))}
    </tbody>
  );
}
