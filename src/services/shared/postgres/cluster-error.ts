/** The embedded PostgreSQL cannot be run as asked; `message` says in plain words why, and what to do about it. */
export class ClusterError extends Error {
  override readonly name = 'ClusterError';
}
