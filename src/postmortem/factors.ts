/**
 * What tends to contribute to an incident. A draft asks about each and answers none: a cause is found by people, and there
 * is rarely only one. The order is that of the questions.
 */
export const contributingFactors = [
  'connection_pooling',
  'deploy_pipeline',
  'observability',
  'missing_slo',
  'test_gaps',
  'capacity',
  'single_point_of_failure',
  'third_party',
  'configuration',
  'knowledge_held_by_one_person',
] as const;

export type ContributingFactor = (typeof contributingFactors)[number];
