import { Plug } from "lucide-react";
import { Notice } from "@/components/environments/notice";
import type { EnvironmentDetail } from "@/components/environments/use-environment";

const sentences: Partial<Record<EnvironmentDetail["status"], string>> = {
  provisioning: "It is being provisioned. This page opens by itself a moment after.",
  suspended: "It is suspended: its credentials are refused until it is resumed. Then they work as before.",
  archived: "It is archived: its credentials are refused until it is resumed. Then they work as before.",
  failed: "It could not be provisioned, so there is no database to connect to. Retry on its overview.",
  deleted: "It is deleted: its credentials are refused. Once it is recovered they work as before.",
  deleting: "It is being removed, with its database and every credential.",
  moving: "It is on its way to another place. This page opens by itself when it has arrived.",
};

/** Why no credential can be issued now, and when one can. */
export function ConnectNotice({ status }: Pick<EnvironmentDetail, "status">) {
  return (
    <Notice icon={<Plug />} title="Nothing can be issued now">
      <p>{sentences[status]}</p>
    </Notice>
  );
}
