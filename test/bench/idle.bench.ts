import { newProfile, type Profile } from '../../shared/model/profile'
import { personAt } from '../support/person'
import { expect, test } from './benchBroker'
import { invokeAll } from './invoke'
import { readUse } from './processes'
import { report } from './results'

const seconds = 20
const targets: Readonly<Record<number, string>> = { 1: 'under 0.5 % of a core', 20: 'under 2 % of a core' }

const quietProfile = (index: number, port: number): Profile =>
  newProfile({ id: `quiet-${index}`, name: `Quiet ${index}`, host: '127.0.0.1', port, clientId: `quiet-${index}` })

for (const connections of [1, 20])
  test(`idle with ${connections} quiet connections`, async ({ application, broker }) => {
    const { page, app } = application
    const profiles = Array.from({ length: connections }, (_, index) => quietProfile(index, broker.port()))
    const keep = { change: 'keep' } as const
    const secrets = { password: keep, keyPassphrase: keep, proxyPassword: keep }
    for (const profile of profiles) await invokeAll(page, 'profile.save', [{ profile, secrets }])
    const person = personAt(page)
    await person.chooseProfile('Quiet 0')
    await invokeAll(
      page,
      'session.connect',
      profiles.map(({ id }) => ({ connectionId: id })),
    )
    await expect(person.status).toHaveText(/Online/)
    // The start is over when nothing more is drawn of it.
    await page.waitForTimeout(5_000)
    await readUse(app)
    await page.waitForTimeout(seconds * 1_000)
    const { cores } = await readUse(app)
    const percent = (share: number) => `${(share * 100).toFixed(2)} %`
    report({
      measure: `idle CPU with ${connections} quiet connections, for ${seconds} s`,
      value: `${percent(cores.all)} of a core (main ${percent(cores.main)}, window ${percent(cores.window)}, graphics ${percent(cores.graphics)})`,
      target: targets[connections] ?? '',
      raw: { ...cores },
    })
  })
