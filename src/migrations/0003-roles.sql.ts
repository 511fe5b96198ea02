/** What the built-in roles may do with leads, inquiries and sources (requirements, "Who may do what"). */
export const ROLES = `
update role set permissions = permissions || case name
  when 'admin' then array['inquiries.read', 'inquiries.register', 'inquiries.work', 'inquiries.assign', 'inquiries.change',
    'leads.change', 'sources.read', 'sources.manage', 'weights.change', 'presence.set']
  when 'supervisor' then array['inquiries.read', 'inquiries.register', 'inquiries.work', 'inquiries.assign-groups',
    'inquiries.change', 'leads.change', 'sources.read', 'weights.change-groups', 'presence.set']
  when 'operator' then array['inquiries.read-own', 'inquiries.register', 'inquiries.work', 'sources.read-own', 'presence.set']
  end
where built_in and name in ('admin', 'supervisor', 'operator');
`;
