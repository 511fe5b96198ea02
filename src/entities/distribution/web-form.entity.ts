import { Entity, Enum, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { CREATED, IDENTITY, INSTANT } from '../shared/columns.js';
import { Source } from './source.entity.js';
import { WebFormLanguage } from './web-form-language.enum.js';

/** A form to be put on any site, whose entries become inquiries of a source (requirements, part 7). */
@Entity({ tableName: 'web_form' })
@Index({ properties: ['source', 'createdAt', 'id'] })
export class WebForm {
  @PrimaryKey({ ...IDENTITY })
  id!: string;

  @ManyToOne({ entity: () => Source })
  source!: Source;

  /** What its address ends with: no secret, and not to be guessed. */
  @Property({ type: 'text' })
  @Unique()
  slug!: string;

  /** The words above it. */
  @Property({ type: 'text' })
  title!: string;

  /** What is shown to whoever sent it. */
  @Property({ type: 'text' })
  thanks!: string;

  /** In which language its own words are. */
  @Enum({ items: () => WebFormLanguage, type: 'text', default: WebFormLanguage.RU })
  language: WebFormLanguage = WebFormLanguage.RU;

  /** Sites that may show it within a page of theirs; none means any. */
  @Property({ columnType: 'text[]', type: 'array' })
  origins: string[] = [];

  /** A removed form is shown to nobody and takes nothing in. */
  @Property({ ...INSTANT, nullable: true })
  removedAt: Date | null = null;

  /** Of its last change, counted up under the row's lock: the order of its events. */
  @Property({ type: 'integer', default: 1 })
  version: number = 1;

  @Property({ ...CREATED })
  createdAt!: Date;
}
