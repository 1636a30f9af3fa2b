"use client";

import type { ReactNode } from "react";
import { paths } from "@/components/paths";
import { Button } from "@/components/ui/button";
import { Copyable } from "@/components/ui/copyable";
import { Dialog } from "@/components/ui/dialog";
import { Facts } from "@/components/ui/facts";
import { LinkButton } from "@/components/ui/link-button";
import { SecretBox } from "@/components/ui/secret-box";
import { Time } from "@/components/ui/time";
import type { Issued } from "./credential-words";
import { SnippetTabs } from "./snippet-tabs";

interface IssuedDialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  issued: Issued;
  /** What else follows from it, such as when the one before ends. */
  children?: ReactNode;
}

/** A new secret, shown once, with programs that use it; without one, how to go on. */
export function IssuedDialog({ open, onClose, title, issued, children }: IssuedDialogProps) {
  const { secret } = issued;
  if (secret === null) {
    return (
      <Dialog
        open={open}
        onOpenChange={(next) => !next && onClose()}
        title="The secret did not arrive"
        footer={
          <>
            <Button onClick={onClose}>Close</Button>
            <LinkButton variant="primary" href={paths.operation(issued.operation.id)}>
              Follow the operation
            </LinkButton>
          </>
        }
      >
        <p className="text-table text-muted">
          The database did not take it in time, so nobody has seen its secret. Follow the operation to see
          why. Then revoke <bdi className="text-ink">{issued.credential.name}</bdi> and issue another one.
        </p>
      </Dialog>
    );
  }
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      sticky
      size="lg"
      title={title}
      footer={
        <Button variant="primary" onClick={onClose}>
          I have kept it
        </Button>
      }
    >
      <div className="flex min-w-0 flex-col gap-4">
        {children}
        <SecretBox
          secret={secret}
          label={`Secret of ${issued.credential.name}`}
          note="Freehold keeps a sealed copy that nobody can read out: it is not shown again."
          fileName={`freehold-credential-${issued.credential.id.slice(-8)}.txt`}
        />
        <IssuedFacts issued={issued} />
        <SnippetTabs access={{ connection: issued.connection, secret, scope: issued.credential.scope }} />
      </div>
    </Dialog>
  );
}

function IssuedFacts({ issued: { connection, credential } }: { issued: Issued }) {
  return (
    <Facts
      items={[
        { term: "URL", value: <Copyable always text={connection.url} label="Copy URL" /> },
        ...(connection.username
          ? [{ term: "Login", value: <Copyable always text={connection.username} label="Copy login" /> }]
          : []),
        { term: "Scope", value: <span className="font-mono text-xs">{credential.scope}</span> },
        {
          term: "Ends",
          value: credential.expiresAt ? <Time value={credential.expiresAt} /> : "when revoked",
        },
      ]}
    />
  );
}
