"use client";

import { useId } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { serviceScopeMeaning, serviceScopes, type ServiceScope } from "@/server/domain/services/names";

interface ScopeChoiceProps {
  value: readonly ServiceScope[];
  onChange: (scopes: ServiceScope[]) => void;
  error: string | undefined;
}

/** What a service may ask for. */
export function ScopeChoice({ value, onChange, error }: ScopeChoiceProps) {
  const errorId = useId();
  return (
    <fieldset aria-describedby={error ? errorId : undefined} className="flex flex-col gap-2">
      <legend className="mb-1.5 text-table font-medium">What it may do</legend>
      {serviceScopes.map((scope) => (
        <Checkbox
          key={scope}
          label={<span className="font-mono text-xs">{scope}</span>}
          hint={serviceScopeMeaning[scope]}
          checked={value.includes(scope)}
          onChange={(event) =>
            onChange(
              serviceScopes.filter((one) => (one === scope ? event.target.checked : value.includes(one))),
            )
          }
        />
      ))}
      {error && (
        <p id={errorId} role="alert" className="text-xs text-red">
          {error}
        </p>
      )}
    </fieldset>
  );
}
