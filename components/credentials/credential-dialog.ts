import type { EnvironmentDetail } from "@/components/environments/use-environment";
import type { Credential } from "./credential-words";

/** What each dialog about one credential is told. */
export interface CredentialDialogProps {
  environment: EnvironmentDetail;
  credential: Credential;
  /** True where the database service ends all logins together. */
  revokesTogether: boolean;
  open: boolean;
  onClose: () => void;
}
