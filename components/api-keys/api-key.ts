import type { ApiOutputs } from "@/components/api/outputs";

export type ApiKey = ApiOutputs["apiKeys"]["list"]["items"][number];
