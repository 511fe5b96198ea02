import { Field, ID, InputType } from 'type-graphql';
import type { CloseSourceIntake } from '../../services/distribution/close-source-intake.js';
import type { OpenSourceIntake } from '../../services/distribution/open-source-intake.js';

@InputType({ description: 'A source that is to take inquiries in over HTTP, or to get another secret for it.' })
export class OpenSourceIntakeInput implements OpenSourceIntake {
  @Field(() => ID, { description: 'Which source.' })
  sourceId!: string;

  @Field(() => String, {
    description: 'A repeat with the same key and input changes nothing and shows the same secret.',
  })
  idempotencyKey!: string;
}

@InputType({ description: 'A source that is to take nothing in over HTTP any more.' })
export class CloseSourceIntakeInput implements CloseSourceIntake {
  @Field(() => ID, { description: 'Which source.' })
  sourceId!: string;
}
