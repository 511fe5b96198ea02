import type { IncomingHttpHeaders } from 'node:http';
import { HeaderMap } from '@apollo/server';

/** A request's headers as Apollo asks for them, one at a time, without a copy of all. */
export class RequestHeaders extends HeaderMap {
  constructor(private readonly headers: IncomingHttpHeaders) {
    super();
  }

  override get(name: string): string | undefined {
    const value = this.headers[name.toLowerCase()];
    return Array.isArray(value) ? value.join(', ') : value || undefined;
  }

  override has(name: string): boolean {
    return this.get(name) !== undefined;
  }
}
