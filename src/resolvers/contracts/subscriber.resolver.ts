import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../../context.js';
import { ActivateContractInput } from '../../schema/contracts/contract.inputs.js';
import { ActivateContractPayload, RegisterSubscriberPayload } from '../../schema/contracts/contract.payloads.js';
import { RegisterSubscriberInput } from '../../schema/contracts/register-subscriber.input.js';
import { activateContract } from '../../services/contracts/activate-contract.js';
import { contracts } from '../../services/contracts/contract.queries.js';
import { registerSubscriber } from '../../services/contracts/register-subscriber.js';
import { customers } from '../../services/customers/customer.queries.js';
import { mutate } from '../shared/mutate.js';

@Resolver()
export class SubscriberResolver {
  @Mutation(() => RegisterSubscriberPayload, {
    description:
      'GetSim: registers the customer if new, makes the contract, binds SIM, number and tariff, takes the opening deposit and switches it on; all or nothing.',
  })
  registerSubscriber(
    @Arg('input', () => RegisterSubscriberInput, { description: 'Who, with which number, SIM and tariff.' })
    input: RegisterSubscriberInput,
    @Ctx() context: Context,
  ) {
    return mutate(
      context,
      (work) => registerSubscriber(work, input),
      async ({ contractId, customerId }) => ({
        contract: await context.reader.byId(contracts, contractId),
        customer: await context.reader.byId(customers, customerId),
      }),
    );
  }

  @Mutation(() => ActivateContractPayload, {
    description: 'Switches on a contract that was registered for later, and its SIM with it.',
  })
  activateContract(
    @Arg('input', () => ActivateContractInput, { description: 'Which contract.' }) input: ActivateContractInput,
    @Ctx() context: Context,
  ) {
    return mutate(
      context,
      (work) => activateContract(work, input),
      async ({ contractId }) => ({ contract: await context.reader.byId(contracts, contractId) }),
    );
  }
}
