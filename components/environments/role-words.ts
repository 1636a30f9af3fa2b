import type { EnvironmentRole } from "@/server/kernel/roles";

/** What each role in an environment may do, in a line. */
export const environmentRoleWords: Record<EnvironmentRole, { label: string; meaning: string }> = {
  env_admin: {
    label: "Admin",
    meaning: "Everything here: members, suspending, archiving, deleting, the activity list.",
  },
  env_maker: {
    label: "Maker",
    meaning: "Renames and describes it, retries what failed, and looks into the database.",
  },
  env_user: { label: "User", meaning: "Uses it: sees how it is and looks into the database." },
  env_viewer: { label: "Viewer", meaning: "Sees how it is and looks into the database, and no more." },
};
