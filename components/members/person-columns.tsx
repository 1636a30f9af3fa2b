import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import type { Column } from "@/components/ui/data-table-columns";
import { Time } from "@/components/ui/time";

interface Person {
  name: string;
  email: string;
  isMe: boolean;
  joinedAt: Date;
}

interface PersonColumnsOptions<Row> {
  role: Pick<Column<Row>, "width" | "cell">;
  /** What the time is of at which they came. */
  joined: string;
}

/** Who belongs somewhere, with which role and since when. */
export function personColumns<Row extends Person>(options: PersonColumnsOptions<Row>): Column<Row>[] {
  return [
    {
      id: "name",
      header: "Name",
      sortable: true,
      title: (row) => row.name,
      cell: (row) => (
        <span className="flex min-w-0 items-center gap-2">
          <Avatar name={row.name} size="sm" />
          <bdi className="truncate font-medium">{row.name}</bdi>
          {row.isMe && <Badge className="shrink-0">you</Badge>}
        </span>
      ),
    },
    {
      id: "email",
      header: "E-mail",
      width: "16rem",
      secondary: true,
      stacked: "plain",
      title: (row) => row.email,
      cell: (row) => <bdi>{row.email}</bdi>,
    },
    { id: "role", header: "Role", stacked: "beside", ...options.role },
    {
      id: "joined",
      header: options.joined,
      sortable: true,
      width: "8rem",
      secondary: true,
      cell: (row) => <Time value={row.joinedAt} />,
    },
  ];
}
