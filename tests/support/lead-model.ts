/**
 * Who is one lead, as plain lists: the rules of requirements, part 7, and of issue 5, for tests to compare the product with.
 * It imports nothing from `src/`, and takes identifiers as they are: normalised.
 */

export type Kind = 'EXTERNAL_ID' | 'PHONE' | 'EMAIL';

/** What an inquiry says of who it is of. */
export interface Said {
  readonly name?: string;
  readonly EXTERNAL_ID?: string;
  readonly PHONE?: string;
  readonly EMAIL?: string;
}

export interface ModelLead {
  readonly id: string;
  name: string | null;
  EXTERNAL_ID: string | null;
  PHONE: string | null;
  EMAIL: string | null;
  aliases: string[];
  /** By sources with ids of their own: `Bot a1`. */
  sourceIds: string[];
  mergedInto: string | null;
  inquiries: string[];
}

export interface ModelPair {
  first: string;
  second: string;
  readonly identifier: Kind;
  state: 'OPEN' | 'DISMISSED' | 'MERGED' | 'REPLACED';
  readonly inquiry: string;
}

const KINDS = ['EXTERNAL_ID', 'PHONE', 'EMAIL'] as const;
const inOrder = (one: string, other: string) =>
  Number(one) < Number(other) ? { first: one, second: other } : { first: other, second: one };

export class LeadModel {
  readonly leads: ModelLead[] = [];
  readonly pairs: ModelPair[] = [];

  lead(id: string): ModelLead {
    return this.leads.find((one) => one.id === id)!;
  }

  /** Whose an inquiry is; `newId` is how a lead is called that is made for it. */
  register(
    source: { readonly name: string; readonly own: boolean },
    said: Said,
    inquiry: string,
    newId: string,
  ): string {
    const holders = KINDS.map((kind) => ({ kind, holder: this.#holder(source, kind, said[kind]) }));
    const known = holders.filter(({ holder }) => holder !== undefined);
    const lead = known[0]?.holder ?? this.#make(newId);
    for (const { kind, holder } of known) {
      if (holder !== lead) this.#suspect(lead.id, holder!.id, kind, inquiry);
    }
    lead.name ??= said.name ?? null;
    for (const { kind, holder } of holders) {
      const value = said[kind];
      if (value === undefined || holder !== undefined) continue;
      if (kind === 'EXTERNAL_ID' && source.own) {
        if (!lead.sourceIds.some((id) => id.startsWith(`${source.name} `)))
          lead.sourceIds.push(`${source.name} ${value}`);
      } else lead[kind] ??= value;
    }
    lead.inquiries.push(inquiry);
    return lead.id;
  }

  /** @returns false where another has the value */
  change(id: string, kind: Kind, value: string): boolean {
    const lead = this.lead(id);
    const holder = this.#holder({ name: '', own: false }, kind, value);
    if (holder !== undefined && holder !== lead) return false;
    const before = lead[kind];
    const alias = `${kind} ${value}`;
    if (lead.aliases.includes(alias)) {
      lead.aliases = lead.aliases.filter((one) => one !== alias);
      if (before !== null) lead.aliases.push(`${kind} ${before}`);
    }
    lead[kind] = value;
    return true;
  }

  dismiss(pair: ModelPair): void {
    pair.state = 'DISMISSED';
  }

  merge(keptId: string, mergedId: string): void {
    const kept = this.lead(keptId);
    const merged = this.lead(mergedId);
    kept.name ??= merged.name;
    for (const kind of KINDS) {
      const value = merged[kind];
      merged[kind] = null;
      if (value === null) continue;
      if (kept[kind] === null) kept[kind] = value;
      else kept.aliases.push(`${kind} ${value}`);
    }
    for (const list of ['aliases', 'sourceIds', 'inquiries'] as const) kept[list].push(...merged[list].splice(0));
    merged.mergedInto = keptId;
    for (const lead of this.leads) if (lead.mergedInto === mergedId) lead.mergedInto = keptId;
    const had = new Set(this.pairs.filter((pair) => this.#names(pair, keptId)));
    for (const pair of this.pairs.filter((one) => this.#names(one, mergedId))) {
      const other = pair.first === mergedId ? pair.second : pair.first;
      if (other === keptId) pair.state = 'MERGED';
      else if (pair.state !== 'MERGED' && pair.state !== 'REPLACED') this.#settle(pair, keptId, other, had);
    }
  }

  #settle(pair: ModelPair, keptId: string, other: string, had: ReadonlySet<ModelPair>): void {
    if ([...had].some((one) => this.#names(one, other))) {
      if (pair.state === 'OPEN') pair.state = 'REPLACED';
    } else if (this.lead(other).mergedInto === null) Object.assign(pair, inOrder(keptId, other));
  }

  #names(pair: ModelPair, id: string): boolean {
    return pair.first === id || pair.second === id;
  }

  #make(id: string): ModelLead {
    const nothing = { name: null, EXTERNAL_ID: null, PHONE: null, EMAIL: null, mergedInto: null };
    const lead = { id, ...nothing, aliases: [], sourceIds: [], inquiries: [] };
    this.leads.push(lead);
    return lead;
  }

  #holder(
    source: { readonly name: string; readonly own: boolean },
    kind: Kind,
    value: string | undefined,
  ): ModelLead | undefined {
    if (value === undefined) return undefined;
    if (kind === 'EXTERNAL_ID' && source.own) {
      return this.leads.find(({ sourceIds }) => sourceIds.includes(`${source.name} ${value}`));
    }
    return this.leads.find((lead) => lead[kind] === value || lead.aliases.includes(`${kind} ${value}`));
  }

  #suspect(one: string, other: string, identifier: Kind, inquiry: string): void {
    const pair = inOrder(one, other);
    if (this.pairs.some(({ first, second }) => first === pair.first && second === pair.second)) return;
    this.pairs.push({ ...pair, identifier, state: 'OPEN', inquiry });
  }
}
