import { afterEach, beforeEach, expect, it } from 'vitest'
import { keepSecrets, newProfile } from '../../shared/model/profile'
import { getCertificates } from '../support/certificates'
import { startMosquitto, type Mosquitto } from '../support/mosquitto'
import { createCoreHarness, type CoreHarness } from './coreHarness'

let harness: CoreHarness
let broker: Mosquitto
beforeEach(async () => {
  harness = createCoreHarness('tls-passphrase')
  harness.dialogs.confirm = () => Promise.resolve(true)
  broker = await startMosquitto({ listeners: ['tls'], requireClientCertificate: true })
})
afterEach(async () => {
  await harness.stop()
  await broker.stop()
})

const connectionId = 'p1'

it('a passphrase that is missing is asked for, told apart from a wrong one, and kept only where that is wished', async () => {
  const { authority, client } = await getCertificates()
  const { value } = await harness.start()
  const base = newProfile({ id: connectionId, name: 'Plant', scheme: 'mqtts', port: broker.port('tls') })
  const profile = {
    ...base,
    tls: {
      ...base.tls,
      caFile: authority.certificate,
      certificateFile: client.certificate,
      keyFile: client.encryptedKey,
    },
  }
  await value('profile.save', { profile, secrets: keepSecrets })
  const failsWith = async (code: string, given: { keyPassphrase?: string }) => {
    await value('session.connect', { connectionId, ...given })
    await harness.reach('failed')
    expect(harness.last('session.changed')?.state).toMatchObject({
      reason: {
        code,
        stage: 'settings',
        field: 'keyPassphrase',
        retries: 'none',
        remedies: [
          {
            id: 'enterPassphrase',
            action: { kind: 'passphrase' },
          },
        ],
      },
    })
  }
  await failsWith('tlsPassphraseMissing', {})
  await failsWith('tlsPassphraseWrong', { keyPassphrase: 'wrong' })
  await value('session.connect', { connectionId, keyPassphrase: client.passphrase })
  await harness.reach('online')
  expect((await value('profile.save', { profile, secrets: keepSecrets })).secrets.keyPassphrase).toBe('none')
  await value('session.disconnect', { connectionId })
  // In memory it lasts until the application ends.
  await value('session.connect', { connectionId })
  await harness.reach('online')
  await value('session.disconnect', { connectionId })
  await value('session.connect', { connectionId, keyPassphrase: client.passphrase, remember: true })
  await harness.reach('online')
  expect((await value('profile.save', { profile, secrets: keepSecrets })).secrets.keyPassphrase).toBe('stored')
})
