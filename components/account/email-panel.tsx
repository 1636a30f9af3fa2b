import { Copyable } from "@/components/ui/copyable";
import { Panel } from "@/components/ui/panel";
import { StatusDot } from "@/components/ui/status-dot";

interface EmailPanelProps {
  email: string;
  isVerified: boolean;
}

/** The address that signs in, and whether it is known to be the person's. */
export function EmailPanel({ email, isVerified }: EmailPanelProps) {
  return (
    <Panel title="E-mail" description="You sign in with it, and invitations find you by it.">
      <div className="flex min-w-0 flex-wrap items-center justify-between gap-x-6 gap-y-1">
        <Copyable text={email} label="Copy address">
          <span className="font-sans text-base">{email}</span>
        </Copyable>
        <StatusDot tone={isVerified ? "green" : "grey"}>{isVerified ? "Verified" : "Not verified"}</StatusDot>
      </div>
      {!isVerified && (
        <p className="pt-2 text-xs text-faint">
          It is verified when you accept an invitation that was mailed to it. You can work without that.
        </p>
      )}
    </Panel>
  );
}
