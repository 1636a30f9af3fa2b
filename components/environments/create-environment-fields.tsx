"use client";

import { Controller, type UseFormReturn } from "react-hook-form";
import { FormSection } from "@/components/forms/form-section";
import { NameField, SlugField } from "@/components/forms/name-fields";
import { useNameAndSlug } from "@/components/forms/use-name-and-slug";
import { EnvironmentPill } from "@/components/shell/environment-pill";
import { environmentLabels } from "@/components/shell/environment-type";
import { Field } from "@/components/ui/field";
import { RadioCards } from "@/components/ui/radio-cards";
import { Textarea } from "@/components/ui/textarea";
import type { CreateValues } from "./create-values";
import { PlaceFields } from "./place-fields";
import { typeIn, typeMeanings, typesByUse } from "./type-meanings";
import type { Refusal } from "./use-preview";

interface CreateEnvironmentFieldsProps {
  form: UseFormReturn<CreateValues>;
  organization: { slug: string; name: string };
  slugIsTaken: boolean;
  /** Why there is no home for it now, and which choice that belongs to. */
  refusal: Refusal | null;
  isOperator: boolean;
}

/** The questions in the order in which one answers them. */
export function CreateEnvironmentFields({
  form,
  organization,
  slugIsTaken,
  refusal,
  isOperator,
}: CreateEnvironmentFieldsProps) {
  const { errors, dirtyFields } = form.formState;
  const fields = useNameAndSlug(form, (name) => {
    const spoken = typeIn(name);
    if (!dirtyFields.envType && spoken) form.setValue("envType", spoken, { shouldDirty: false });
  });
  const taken = slugIsTaken
    ? `${organization.name} already has an environment with this slug. Choose another one.`
    : undefined;

  return (
    <ol className="flex min-w-0 flex-col">
      <FormSection
        number={1}
        title="Name and address"
        description="What people call it, and how its addresses spell it."
      >
        <NameField
          registration={form.register("name", fields.name)}
          error={errors.name}
          autoFocus
          placeholder="Staging"
        />
        <SlugField
          registration={form.register("slug", fields.slug)}
          error={errors.slug?.message ?? taken}
          hint="Part of every address; it cannot be changed later."
          placeholder="staging"
        />
      </FormSection>
      <FormSection
        number={2}
        title="Type"
        description="It gives the environment its colour everywhere, and says what it is for."
      >
        <Controller
          control={form.control}
          name="envType"
          render={({ field, fieldState }) => (
            <RadioCards
              legend="Type"
              hideLegend
              name="envType"
              columns={2}
              value={field.value}
              onValueChange={field.onChange}
              error={fieldState.error?.message}
              options={typesByUse.map((value) => ({
                value,
                label: environmentLabels[value].long,
                icon: <EnvironmentPill type={value} />,
                description: typeMeanings[value],
              }))}
            />
          )}
        />
      </FormSection>
      <FormSection
        number={3}
        title="Place"
        description="Recorded with the environment and its database; it cannot be changed later."
      >
        <PlaceFields form={form} refusal={refusal} isOperator={isOperator} />
      </FormSection>
      <FormSection number={4} title="Notes" last>
        <Field
          label="Description"
          optional
          error={errors.description?.message}
          hint="Shown on its overview: who uses it, and for what."
        >
          <Textarea
            rows={2}
            {...form.register("description", {
              maxLength: { value: 2000, message: "A description has at most 2,000 characters." },
            })}
          />
        </Field>
      </FormSection>
    </ol>
  );
}
