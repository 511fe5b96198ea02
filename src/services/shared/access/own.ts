import { Parameter } from '../database/parameter.js';

/** Who asks, in the conditions of policies; each is of the kind of actor that has it, else null. */
export const OWN = {
  customerId: new Parameter(({ actor }) => (actor.kind === 'customer' ? actor.customerId : null)),
  userId: new Parameter(({ actor }) => (actor.kind === 'user' ? actor.userId : null)),
  partnerKeyId: new Parameter(({ actor }) => (actor.kind === 'partner' ? actor.partnerKeyId : null)),
  operatorId: new Parameter(({ actor }) => (actor.kind === 'user' ? actor.operatorId : null)),
  supervisedGroupIds: new Parameter(({ actor }) => (actor.kind === 'user' ? [...actor.supervisedGroupIds] : [])),
} as const;
