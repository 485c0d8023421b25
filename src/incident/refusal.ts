/** Why a command was not carried out. A code and plain data; `messages` has the words. */
export type Refusal =
  | { readonly code: 'no_such_incident' }
  | { readonly code: 'incident_is_over'; readonly status: 'resolved' | 'closed' | 'cancelled' }
  | { readonly code: 'incident_is_open' }
  | { readonly code: 'already_declared' }
  | { readonly code: 'nobody_to_page' }
  | { readonly code: 'no_page_running' }
  | { readonly code: 'already_acknowledged'; readonly by: string }
  | { readonly code: 'person_unavailable'; readonly person: string }
  | { readonly code: 'text_missing' }
  | { readonly code: 'text_too_long'; readonly limit: number }
  | { readonly code: 'milestone_in_future' }
  | { readonly code: 'impact_would_end_before_it_starts' }
  | { readonly code: 'role_is_vacant'; readonly role: string };

export type RefusalCode = Refusal['code'];
