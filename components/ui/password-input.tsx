"use client";

import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";

import { IconButton } from "./icon-button";
import { Input, type InputProps } from "./input";

interface PasswordInputProps extends Omit<InputProps, "type" | "suffix"> {
  /** What it is, for the button that shows it. */
  noun?: string;
}

/** A password that its owner can look at. */
export function PasswordInput({ noun = "password", ...props }: PasswordInputProps) {
  const [shown, setShown] = useState(false);
  return (
    <Input
      {...props}
      dir="ltr"
      type={shown ? "text" : "password"}
      autoCapitalize="none"
      spellCheck={false}
      suffix={
        <IconButton
          size="sm"
          label={shown ? `Hide ${noun}` : `Show ${noun}`}
          icon={shown ? <EyeOff /> : <Eye />}
          onClick={() => setShown(!shown)}
        />
      }
    />
  );
}
