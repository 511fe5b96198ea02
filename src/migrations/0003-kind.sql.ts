/**
 * Inquiries that ask for the same skills wait for the same people: they are of one kind, known by a number that nobody can
 * make skills for who asks for others. It comes before the tables, for an index that goes by it.
 */
export const KIND = `
create schema distribution;

create function distribution.kind_of(skills text[]) returns bigint language plpgsql immutable parallel safe as $$
begin
  -- No skill has a control character.
  return ('x' || encode(substr(sha256(convert_to(array_to_string(kind_of.skills, chr(31)), 'UTF8')), 1, 8), 'hex'))::bit(64)::bigint;
end $$;
`;
