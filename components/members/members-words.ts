export const membersDescription =
  "People who belong to the organization. Each environment has its own members, with roles of their own.";
