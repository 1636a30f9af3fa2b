export const environmentTypes = ["production", "staging", "test", "development", "sandbox", "preview", "trial"] as const;
export type EnvironmentType = (typeof environmentTypes)[number];

export const environmentStatuses = ["provisioning", "active", "suspended", "archived", "failed", "moving", "deleting"] as const;
export type EnvironmentStatus = (typeof environmentStatuses)[number];

export const regions = ["us-east", "us-west", "eu-west", "eu-central", "ap-southeast", "ap-northeast"] as const;
