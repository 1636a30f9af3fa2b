"use client";

import type { ApiOutputs } from "@/components/api/outputs";
import { Button } from "@/components/ui/button";
import { examplesFor, type Example } from "./examples";

interface ExampleButtonsProps {
  samples: ApiOutputs["resolution"]["samples"] | undefined;
  onChoose: (example: Example) => void;
}

/** The classic cases, each filled in and asked by one press. */
export function ExampleButtons({ samples = { active: [], suspended: [] }, onChoose }: ExampleButtonsProps) {
  return (
    <div role="group" aria-label="Examples" className="flex flex-wrap gap-1.5">
      {examplesFor(samples).map((example) => (
        <Button
          key={example.label}
          size="sm"
          disabledReason={example.missing}
          onClick={() => onChoose(example)}
        >
          {example.label}
        </Button>
      ))}
    </div>
  );
}
