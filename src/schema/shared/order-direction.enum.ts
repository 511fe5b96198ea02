import { describeEnum } from './describe-enum.js';

export enum OrderDirection {
  ASC = 'ASC',
  DESC = 'DESC',
}

describeEnum(OrderDirection, {
  name: 'OrderDirection',
  description: 'Which end of an order comes first.',
  values: { ASC: 'The smallest or earliest first.', DESC: 'The largest or latest first.' },
});
