import { expect, it } from 'vitest'
import { newProfile } from '#shared/model/profile'
import { ownConnection } from './ownConnection'

it('takes no file along that would be written, and says so', () => {
  const start = newProfile({ id: 'plant', name: 'Plant' })
  const own = (keyLogFile: string) => {
    const profile = { ...start, tls: { ...start.tls, keyLogFile } }
    return ownConnection({ profile, savedMessages: [], charts: [], payloadRules: [] }, '/certificates')
  }
  expect(own('/home/ada/.profile')).toMatchObject({
    profile: { tls: { keyLogFile: '' } },
    dropped: [{ field: 'tls.keyLogFile', why: 'writesFile' }],
  })
  expect(own('').dropped).toEqual([])
})
