import { expect, it } from 'vitest';
import { NO_SCRIPTS } from '../../src/app/source/scripts.ts';
import { openAttribution } from '../../src/app/source/weigher.ts';
import { LogStore } from '../../src/store/log-store.ts';

const CLUSTER = 'fixtures/cluster-8.0.10';

it('knows from a cluster’s logs whose each variable is', async () => {
  const { knowledge } = await (await LogStore.open([CLUSTER])).knowledge();
  const attributor = await openAttribution(knowledge, NO_SCRIPTS);
  const described = knowledge.descriptions.of('manager', 'DomainTLD::effective_tlds_2nd_level')!;
  const attribution = { package: 'domain-tld', kind: 'package', script: 'packages/domain-tld/tld-data.zeek' };
  expect(attributor.attribute(described)).toMatchObject({ ...attribution, evidence: 'script' });
  // Without the log of variables, the scripts that were loaded tell the package.
  expect(attributor.attribute({ ...described, script: null })).toMatchObject({
    package: 'domain-tld',
    evidence: 'module',
  });
});
