/** What the presets are called, for who chooses one by name. */
export const presetNames = [
  "sharedDb",
  "databasePerTenant",
  "residencySilo",
  "dedicatedSingleTenant",
  "environmentRouter",
  "configurationFirst",
  "districtService",
  "headerFilter",
] as const;
export type PresetName = (typeof presetNames)[number];
