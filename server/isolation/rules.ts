import type { Rule } from "./rule";
import { catalogReadable } from "./rules/catalog-readable";
import { checkTrue } from "./rules/check-true";
import { dangerousExtension } from "./rules/dangerous-extension";
import { dangerousGrant } from "./rules/dangerous-grant";
import { databasePublic } from "./rules/database-public";
import { databaseTemp } from "./rules/database-temp";
import { defaultPrivileges } from "./rules/default-privileges";
import { definerBypasses } from "./rules/definer-bypasses";
import { definerPublic } from "./rules/definer-public";
import { definerSearchPath } from "./rules/definer-search-path";
import { eventTrigger } from "./rules/event-trigger";
import { foreignKeyWithoutTenant } from "./rules/foreign-key-without-tenant";
import { foreignServer } from "./rules/foreign-server";
import { foreignTableReadable } from "./rules/foreign-table-readable";
import { grantOption } from "./rules/grant-option";
import { indexNotLed } from "./rules/index-not-led";
import { keyWithoutTenant } from "./rules/key-without-tenant";
import { largeObjects } from "./rules/large-objects";
import { leakproofFunction } from "./rules/leakproof-function";
import { matviewReadable } from "./rules/matview-readable";
import { missingWithCheck } from "./rules/missing-with-check";
import { noPolicy } from "./rules/no-policy";
import { noRestrictiveGuard } from "./rules/no-restrictive-guard";
import { parameterGranted } from "./rules/parameter-granted";
import { partitionGranted } from "./rules/partition-granted";
import { partitionWithoutRls } from "./rules/partition-without-rls";
import { policyBareCast } from "./rules/policy-bare-cast";
import { policyBypassSwitch } from "./rules/policy-bypass-switch";
import { policyFailOpen } from "./rules/policy-fail-open";
import { policyNotCompared } from "./rules/policy-not-compared";
import { policyPerRow } from "./rules/policy-per-row";
import { policyTrue } from "./rules/policy-true";
import { policyVolatileFunction } from "./rules/policy-volatile-function";
import { policyWithoutTenant } from "./rules/policy-without-tenant";
import { publicGrant } from "./rules/public-grant";
import { publication } from "./rules/publication";
import { referenceWritable } from "./rules/reference-writable";
import { rlsDisabled } from "./rules/rls-disabled";
import { rlsNotForced } from "./rules/rls-not-forced";
import { roleAttributes } from "./rules/role-attributes";
import { roleBypassrls } from "./rules/role-bypassrls";
import { roleMemberOfOwner } from "./rules/role-member-of-owner";
import { roleOwnsTable } from "./rules/role-owns-table";
import { rolePredefined } from "./rules/role-predefined";
import { roleReachesPower } from "./rules/role-reaches-power";
import { roleRowSecurityOff } from "./rules/role-row-security-off";
import { roleSuperuser } from "./rules/role-superuser";
import { ruleOnTable } from "./rules/rule-on-table";
import { schemaCreate } from "./rules/schema-create";
import { schemaPublic } from "./rules/schema-public";
import { sequenceReadable } from "./rules/sequence-readable";
import { tableWithoutTenant } from "./rules/table-without-tenant";
import { tenantColumnWritable } from "./rules/tenant-column-writable";
import { tenantNullable } from "./rules/tenant-nullable";
import { triggerDefiner } from "./rules/trigger-definer";
import { userMapping } from "./rules/user-mapping";
import { viewBypasses } from "./rules/view-bypasses";
import { viewNotInvoker } from "./rules/view-not-invoker";

/** Every rule, as it is documented in docs/ISOLATION.md. */
export const rules: readonly Rule[] = [
  rlsDisabled,
  rlsNotForced,
  noPolicy,
  noRestrictiveGuard,
  policyTrue,
  policyWithoutTenant,
  policyNotCompared,
  policyFailOpen,
  policyBypassSwitch,
  policyBareCast,
  policyVolatileFunction,
  policyPerRow,
  checkTrue,
  missingWithCheck,
  tenantNullable,
  tableWithoutTenant,
  referenceWritable,
  keyWithoutTenant,
  foreignKeyWithoutTenant,
  indexNotLed,
  viewNotInvoker,
  viewBypasses,
  matviewReadable,
  foreignTableReadable,
  ruleOnTable,
  triggerDefiner,
  definerSearchPath,
  definerPublic,
  definerBypasses,
  leakproofFunction,
  dangerousGrant,
  publicGrant,
  grantOption,
  tenantColumnWritable,
  partitionGranted,
  partitionWithoutRls,
  sequenceReadable,
  catalogReadable,
  defaultPrivileges,
  databasePublic,
  databaseTemp,
  schemaCreate,
  schemaPublic,
  roleSuperuser,
  roleBypassrls,
  roleAttributes,
  roleOwnsTable,
  roleMemberOfOwner,
  roleReachesPower,
  rolePredefined,
  roleRowSecurityOff,
  parameterGranted,
  publication,
  foreignServer,
  userMapping,
  dangerousExtension,
  largeObjects,
  eventTrigger,
];
